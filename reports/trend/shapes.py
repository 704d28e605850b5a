"""The shapes by which types of review are told apart, as paths; filled for reviews, hollow for self-assessments."""

from collections.abc import Callable

from reports.trend.labels import Box

Shape = Callable[[float, float, float], str]


def square(x: float, y: float, half: float) -> str:
    return f"M{_(x - half)} {_(y - half)}h{_(2 * half)}v{_(2 * half)}h-{_(2 * half)}z"


def disc(x: float, y: float, half: float) -> str:
    arc = f"a{_(half)} {_(half)} 0 1 0"
    return f"M{_(x - half)} {_(y)}{arc} {_(2 * half)} 0{arc} -{_(2 * half)} 0z"


def triangle(x: float, y: float, half: float) -> str:
    return f"M{_(x)} {_(y - 1.2 * half)}L{_(x + 1.2 * half)} {_(y + half)}H{_(x - 1.2 * half)}z"


def diamond(x: float, y: float, half: float) -> str:
    reach = 1.25 * half
    return f"M{_(x)} {_(y - reach)}L{_(x + reach)} {_(y)}L{_(x)} {_(y + reach)}L{_(x - reach)} {_(y)}z"


# By the code of a type of review.
SHAPES: dict[str, Shape] = {"baseline": square, "follow-up": disc, "guided": triangle, "self": diamond}


def shape(form: str, x: float, y: float, half: float) -> str:
    return SHAPES.get(form, disc)(x, y, half)


def box_of_shape(x: float, y: float, half: float) -> Box:
    return Box(x - half, y - half, x + half, y + half)


def _(number: float) -> float:
    return round(number, 2)
