"""Facts for tests, written shortly: a share, employer contacts, hours in the community, components seen."""

from collections.abc import Mapping
from decimal import Decimal

from scales.facts import Facts, SpecialistFacts

BOTH_REVIEWS = {"form-weekly": True, "form-monthly": True}
MONTHLY_ONLY = {"form-weekly": False, "form-monthly": True}
UNTRACKED = {"form-monthly": False}


def share(
    part: str | int | None, whole: str | int | None, answers: Mapping[str, bool] | None = None
) -> Facts:
    return Facts(part=_decimal(part), whole=_decimal(whole), answers=answers or {})


def contacts(*values: str | int | Decimal | None, answers: Mapping[str, bool] = BOTH_REVIEWS) -> Facts:
    """Employer contacts a week, or a reviewer's points, of each specialist."""
    specialists = (SpecialistFacts(f"ES{place}", value=_decimal(one)) for place, one in enumerate(values, 1))
    return Facts(specialists=tuple(specialists), answers=answers)


def hours(*pairs: tuple[str | int | Decimal, str | int]) -> Facts:
    """Hours in the community and in all, of each specialist."""
    return Facts(
        specialists=tuple(
            SpecialistFacts(f"ES{place}", part=Decimal(part), whole=Decimal(whole))
            for place, (part, whole) in enumerate(pairs, 1)
        )
    )


def seeking(*rows: tuple[int | None, int | None]) -> Facts:
    """Contacts a week and job seekers of each specialist."""
    return Facts(
        specialists=tuple(
            SpecialistFacts(f"ES{place}", value=_decimal(value), job_seekers=seekers)
            for place, (value, seekers) in enumerate(rows, 1)
        ),
        answers=BOTH_REVIEWS,
    )


def seeing(count: int, answers: Mapping[str, bool] | None = None) -> Facts:
    """The first components of an item, present."""
    return Facts(present=frozenset("abcdefgh"[:count]), answers=answers or {})


def _decimal(number: str | int | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)
