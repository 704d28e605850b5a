"""How a bound of a definition is shown."""

from decimal import Decimal

from django.utils.formats import localize


def number_in_words(number: Decimal | None) -> str:
    """Without zeros at its end: 20 and 20.5, whatever the database keeps; empty for none."""
    if number is None:
        return ""
    if not number.is_finite():
        return str(number)
    is_whole = number == number.to_integral_value()
    return localize(number.quantize(Decimal(1)) if is_whole else number.normalize())
