"""An invented report, whole and without a database: to try the layout, to measure it, and for tests.

`sample_document()` is a follow-up in primary care on the shipped UK wording, 92 of 125, nine up on the year before.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from reports.assembly import Rated, profile_line, scale_line, scored_lines, total_line
from reports.document import (
    AgreementLine,
    EventLine,
    NotesLine,
    PreviousLine,
    ReportDocument,
    SplitLine,
    TeamLine,
)
from scales.spec import ProfileSpec, ScaleSpec
from scales.yaml_file import read_profile, read_scale

TEXTS = Path(__file__).with_name("sample.yaml")
SCALES = settings.BASE_DIR / "fixtures" / "scales"
NOTES = {"interview": 14, "observation": 3, "record": 10, "document": 0, "data": 2}
SPOKEN = {"suggested", "evidence", "rationale", "recommendation", "strength", "action", "priority", "target"}


def sample_document(setting: str = "primary-care", wording: str = "uk") -> ReportDocument:
    texts = _texts()
    ratings = {
        code: Rated(
            score=text["scores"][0],
            departure_reason=text.get("departure", ""),
            **{name: value for name, value in text.items() if name in SPOKEN},
        )
        for code, text in texts.items()
    }
    before = {code: text["scores"][1] for code, text in texts.items()}
    spec = shipped_scale(wording)
    return document_of(
        spec,
        shipped_profile(setting, wording),
        ratings,
        before,
        agreement=_agreement(spec, {code: rating.score for code, rating in ratings.items()}),
        evidence_notes=tuple(NotesLine(source, count) for source, count in NOTES.items()),
        not_seen="The clinical team meeting was cancelled in both weeks.",
        action_plan_by=date(2026, 11, 26),
    )


def document_of(
    spec: ScaleSpec,
    profile: ProfileSpec,
    ratings: Mapping[str, Rated],
    before: Mapping[str, int | None] | None = None,
    **changes: Any,
) -> ReportDocument:
    """A report of these ratings, its other particulars invented; `changes` replaces any of them."""
    particulars: dict[str, Any] = {
        "edition": "1.0",
        "made_at": datetime(2026, 11, 9, 10, 5, tzinfo=UTC),
        "issued_by": "Rosa Beaumont",
        "site": "Harbour Street Health Centre",
        "place": "Bayside",
        "program": "Bayside Employment Links",
        "organization": "Bayside Community Health Trust",
        "kind": "follow-up",
        "mode": "on-site",
        "starts_on": date(2026, 10, 14),
        "ends_on": date(2026, 10, 15),
        "independence": "independent",
        "independence_reason": "outsiders",
        "raters": 2,
        "team": (
            TeamLine("Rosa Beaumont", "lead reviewer", "Northfield Recovery College", scored=True),
            TeamLine("Idris Okonjo", "reviewer", "Hillside Supported Employment", scored=True),
            TeamLine("Maud Ferreira", "moderator", "Northfield Recovery College", scored=False),
        ),
        "interviews": 12,
        "observations": 3,
        "records": 10,
        "summary": "",
        "scale": scale_line(spec, "3f" * 32),
        "profile": profile_line(profile, "a4" * 32),
        "previous": _previous(spec, profile, before) if before else None,
        "events": _events(),
        **scored_lines(spec, profile, ratings, before or {}),
    }
    return ReportDocument(**{**particulars, **changes})


def shipped_scale(wording: str) -> ScaleSpec:
    path = SCALES / f"ips-25-{wording}.yaml"
    return read_scale(path.read_text(encoding="utf-8"), path.name)


def shipped_profile(setting: str, wording: str) -> ProfileSpec:
    path = SCALES / "profiles" / f"{setting}-{wording}.yaml"
    return read_profile(path.read_text(encoding="utf-8"), path.name)


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, Any]]:
    return yaml.safe_load(TEXTS.read_text(encoding="utf-8"))


def _previous(spec: ScaleSpec, profile: ProfileSpec, before: Mapping[str, int | None]) -> PreviousLine:
    return PreviousLine(
        starts_on=date(2025, 10, 8),
        total=total_line(spec, before),
        scale_title=spec.title,
        profile_title=profile.title,
        independence="independent",
        same_version=True,
        same_profile=True,
        comparable=None not in before.values(),
    )


def _agreement(spec: ScaleSpec, scores: Mapping[str, int | None]) -> AgreementLine:
    """The first and the last item were split, by one point and by two."""
    first, last = spec.items[0], spec.items[-1]
    splits = tuple(
        SplitLine(item.number, item.short_title, (score, score + apart), score, "They looked again together.")
        for item, apart in ((first, 1), (last, 2))
        if (score := scores[item.code]) is not None
    )
    whole = len(spec.items)
    return AgreementLine(compared=whole, exact=whole - 2, within_one=whole - 1, splits=splits)


def _events() -> tuple[EventLine, ...]:
    steps = [
        (datetime(2026, 8, 20, 9, 30, tzinfo=UTC), "Rosa Beaumont", "planned"),
        (datetime(2026, 10, 16, 16, 12, tzinfo=UTC), "Idris Okonjo", "submitted"),
        (datetime(2026, 10, 17, 8, 40, tzinfo=UTC), "Rosa Beaumont", "submitted"),
        (datetime(2026, 10, 19, 13, 0, tzinfo=UTC), "Rosa Beaumont", "consensus-opened"),
        (datetime(2026, 10, 21, 15, 25, tzinfo=UTC), "Rosa Beaumont", "draft-opened"),
        (datetime(2026, 11, 9, 10, 5, tzinfo=UTC), "Rosa Beaumont", "issued"),
    ]
    return tuple(EventLine(at, by, step, "") for at, by, step in steps)
