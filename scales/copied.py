"""Which texts of a profile are still, word for word, those of the profile it was copied from."""

from dataclasses import dataclass

from scales.spec import Adjustment, ProfileSpec


@dataclass(frozen=True)
class Copied:
    """`items`: item code to how many of its texts are as copied. `general`: texts for the whole scale."""

    items: dict[str, int]
    general: int

    @property
    def total(self) -> int:
        return self.general + sum(self.items.values())


def still_copied(profile: ProfileSpec, origin: ProfileSpec) -> Copied:
    items = {
        row.item: _shared(texts_of(row), texts_of(origin.adjustment(row.item))) for row in profile.adjustments
    }
    return Copied(
        items={code: number for code, number in items.items() if number},
        general=_shared(general_texts(profile), general_texts(origin)),
    )


def texts_of(adjustment: Adjustment) -> tuple[str, ...]:
    """What a profile says of an item."""
    said = tuple(statement.text for statement in adjustment.statements)
    return said + tuple(reason.text for reason in adjustment.unrated_reasons)


def general_texts(profile: ProfileSpec) -> tuple[str, ...]:
    """What it says of the whole scale."""
    said = tuple(note.text for note in profile.notes)
    return said + tuple(reason.text for reason in profile.unrated_reasons)


def _shared(texts: tuple[str, ...], before: tuple[str, ...]) -> int:
    return sum(text in before for text in texts)
