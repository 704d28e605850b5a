"""What the checks found in a draft, as lines of a page: in words, with the address of the editor that mends it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from scales.check_words import put_in_words
from scales.draft_checks import Finding, FindingKind
from scales.models import ScaleVersion
from scales.spec import ScaleSpec


@dataclass(frozen=True)
class FindingLine:
    place: str
    problem: str
    mend: str
    address: str
    must: bool
    part: str
    item: str
    stands_out: bool = False


# Notices that are shown without being unfolded: more likely a slip than a wish.
STANDING_OUT = {FindingKind.BOUNDS_WIDE_GAP}


def lines_of(findings: Iterable[Finding], scale: ScaleSpec, version: ScaleVersion) -> list[FindingLine]:
    found = []
    for finding in findings:
        words = put_in_words(finding, scale)
        address = editor_address(finding, version)
        found.append(
            FindingLine(
                words.place,
                words.problem,
                words.mend,
                address,
                finding.must,
                finding.part,
                finding.item,
                stands_out=finding.what in STANDING_OUT,
            )
        )
    return found


def editor_address(finding: Finding, version: ScaleVersion) -> str:
    """The page of the draft on which the finding is mended."""
    if finding.part == "item":
        return reverse("scales:draft_item", args=[version.pk, finding.item])
    return reverse(f"scales:draft_{finding.part}", args=[version.pk])
