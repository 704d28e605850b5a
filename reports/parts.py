"""The parts of a report after page 1, in their order and with their numbers: one list for headings and contents."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

FIRST_NUMBER = 2
TITLES = {
    "gaps": gettext_lazy("Where the gaps are"),
    "method": gettext_lazy("How the review was done"),
    "items": gettext_lazy("Item by item"),
    "influences": gettext_lazy("Barriers, facilitators and adaptations"),
    "agreement": gettext_lazy("Agreement before consensus"),
    "reply": gettext_lazy("The service’s reply"),
    "plan": gettext_lazy("Action plan"),
    "sheet": gettext_lazy("Score sheet"),
    "provenance": gettext_lazy("How this report came about"),
}


@dataclass(frozen=True)
class PartHead:
    number: int
    title: str
    anchor_id: str

    @property
    def heading(self) -> str:
        """ "4  Item by item"."""
        return f"{self.number}\u2002{self.title}"


def parts_of_report() -> dict[str, PartHead]:
    """By code. Page 1 is the first part, and has the site for its heading."""
    return {
        code: PartHead(number, str(title), f"part-{code}")
        for number, (code, title) in enumerate(TITLES.items(), FIRST_NUMBER)
    }
