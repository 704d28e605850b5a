"""Reviews of a site over time, made without a database."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from reports.trend.history import History, Visit
from reports.trend.total_frame import ChartWords
from scales import scoring
from scales.spec import ScaleSpec
from tests.factories.scales import shipped_profile, shipped_scale

FORMS = ("baseline", "follow-up", "guided", "self")
FIRST = date(2019, 3, 4)


def visit(
    key: int = 1,
    day: date = FIRST,
    scores=4,
    *,
    form: str = "follow-up",
    setting: str = "community-mental-health",
    spec: ScaleSpec | None = None,
    is_imported: bool = False,
) -> Visit:
    """`scores`: one for all items, or by code with 4 for the rest."""
    spec, profile = spec or shipped_scale(), shipped_profile(setting)
    given = {
        item.code: scores.get(item.code, 4) if isinstance(scores, dict) else scores for item in spec.items
    }
    total = scoring.total(spec, given)
    return Visit(
        key=key,
        review=None if is_imported else key,
        starts_on=day,
        ends_on=day + timedelta(days=1),
        form=form,
        independence="independent",
        is_self_assessed=form in FORMS[2:],
        spec=spec,
        profile=profile,
        scores=given,
        points=total.points,
        lowest=total.lowest,
        highest=total.highest,
        band=total.band.label if total.band else "",
        gap=scoring.gap_totals(spec, profile, given),
        attainable=scoring.attainable(spec, profile),
    )


def history(*visits: Visit) -> History:
    return History(tuple(visits))


def years(*scores, **fields) -> History:
    """One review a year with these scores."""
    return history(
        *(
            visit(place, FIRST.replace(year=FIRST.year + place), one, **fields)
            for place, one in enumerate(scores)
        )
    )


def next_spec(moved: str) -> ScaleSpec:
    """Another version of the scale in which the anchors of one item moved."""
    spec = shipped_scale()
    sections = tuple(
        replace(
            section,
            items=tuple(
                replace(item, per_specialist=not item.per_specialist) if item.code == moved else item
                for item in section.items
            ),
        )
        for section in spec.sections
    )
    return replace(spec, label="next", title="Next version", sections=sections)


CODES = [item.code for item in shipped_scale().items]
WORDS = ChartWords(
    title="Total over time",
    tick=lambda tick: str(tick.day.year),
    bands=["Not supported employment", "Fair", "Good", "Exemplary"],
    turns=["from here: another"] * 20,
    attainable=lambda one: "attainable here: 98–107",
    imported="imported",
    points=lambda one: str(one.points) if one.is_complete else f"{one.lowest}–{one.highest}",
)


@st.composite
def some_histories(draw, most: int = 9) -> History:
    """Up to so many reviews in order, of any type and setting, some with items unrated, some imported."""
    days = sorted(draw(st.lists(st.dates(FIRST, date(2030, 1, 1)), min_size=1, max_size=most)))
    score = st.none() | st.integers(1, 5)
    return history(
        *(
            visit(
                key,
                day,
                dict.fromkeys(CODES, draw(st.integers(1, 5)))
                | draw(st.dictionaries(st.sampled_from(CODES), score)),
                form=draw(st.sampled_from(FORMS)),
                setting=draw(st.sampled_from(["community-mental-health", "primary-care"])),
                is_imported=draw(st.booleans()),
            )
            for key, day in enumerate(days)
        )
    )
