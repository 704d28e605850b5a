"""The frozen data of generated editions: what `reports.document.from_json` reads, without what a scale says at length.

Anchors, statements and sources are left out, so that many thousand editions are made quickly and stay small.
"""

import hashlib
import json
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from reports.assembly import Rated, profile_line, scale_line, scored_lines
from reports.document import ItemLine, TeamLine
from reports.plain_values import as_plain, iso
from reviews.models import Edition, Result
from scales import scoring
from scales.models import ScaleVersion, SettingProfile


def _page_that_says(text: str) -> bytes:
    """A PDF of one page and one line, as small as can be: what PDFs are made of is in their own specification."""
    drawn = f"BT /F 14 Tf 72 720 Td ({text}) Tj ET"
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written, starts = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(written))
        written += f"{number} 0 obj{part}endobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(parts) + 1
    written += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    written += f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{written.index('xref')}\n%%EOF\n"
    return written.encode("ascii")


PDF = _page_that_says("Generated: this review never took place.")
PDF_SHA256 = hashlib.sha256(PDF).hexdigest()


@dataclass
class Mould:
    """What all documents of one version and profile share, as plain values."""

    version: ScaleVersion
    profile: SettingProfile

    def __post_init__(self):
        self._items: dict[tuple[str, int | None], dict[str, Any]] = {}

    @cached_property
    def spec(self):
        return self.version.to_spec()

    @cached_property
    def of_profile(self):
        return self.profile.to_spec()

    @cached_property
    def shared(self) -> dict[str, Any]:
        lines = scored_lines(self.spec, self.of_profile, {}, {})
        of_profile = profile_line(self.of_profile, self.profile.content_hash)
        return as_plain_all(
            {
                "language": self.spec.language,
                "setting": lines["setting"],
                "bands": lines["bands"],
                "attainable": lines["attainable"],
                "items_with_loss": lines["items_with_loss"],
                "scale": scale_line(self.spec, self.version.content_hash),
                "profile": replace(of_profile, summary="", sources=(), notes=()),
                "schema": 1,
                "previous": None,
                "strengths": (),
                "not_asked_because": "Generated data.",
                "edition": "1.0",
                "interviews": None,
                "observations": None,
                "records": None,
                "summary": "",
                "mode": "on-site",
                "events": (),
            }
        )

    def item(self, code: str, score: int | None) -> dict[str, Any]:
        if (code, score) not in self._items:
            rated = {code: Rated(score=score, not_rated=score is None)}
            lines = scored_lines(self.spec, self.of_profile, rated, {})
            line: ItemLine = next(
                item for section in lines["sections"] for item in section.items if item.code == code
            )
            short = replace(line, anchors=(), setting_statements=(), evidence_codes=(), principles=())
            self._items[code, score] = as_plain(short)
        return self._items[code, score]

    def document(self, result: Result, team: list[TeamLine], particulars: Mapping[str, Any]) -> str:
        """The frozen text. `particulars`: fields of the document by name, as plain values."""
        scores = dict(zip((item.code for item in self.spec.items), result.scores, strict=True))
        totals = scoring.section_totals(self.spec, scores)
        document = copy(self.shared) | particulars
        document |= {
            "kind": result.kind,
            "starts_on": result.starts_on,
            "ends_on": result.ends_on,
            "independence": result.independence,
            "total": _total(result, self.spec.highest_total) | {"band": result.band or None},
            "gap": {
                "points": result.rated * self.spec.maximum - result.points,
                "setting": {"lowest": result.setting_lowest, "highest": result.setting_highest},
                "open": {"lowest": result.open_lowest, "highest": result.open_highest},
            },
            "sections": [
                {
                    "code": section.code,
                    "title": section.title,
                    "total": _total(totals[section.code], totals[section.code].maximum) | {"band": None},
                    "items": [self.item(item.code, scores[item.code]) for item in section.items],
                }
                for section in self.spec.sections
            ],
            "team": [as_plain(line) for line in team],
            "raters": sum(line.scored for line in team),
        }
        return json.dumps(document, default=iso, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def as_plain_all(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: as_plain(value) for name, value in values.items()}


def _total(total: Result | scoring.Subtotal, maximum: int) -> dict[str, Any]:
    return {
        "points": total.points,
        "maximum": maximum,
        "rated": total.rated,
        "unrated": total.unrated,
        "can_become": {"lowest": total.lowest, "highest": total.highest},
    }


def edition(*, review: int, text: str, issued_at, issued_by) -> Edition:
    return Edition(
        review_id=review,
        issued_at=issued_at,
        issued_by=issued_by,
        document=text,
        document_sha256=hashlib.sha256(text.encode()).hexdigest(),
        pdf=PDF,
        pdf_sha256=PDF_SHA256,
    )
