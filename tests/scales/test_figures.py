"""Which figure of the worksheets an item takes: read from a file, loaded beside the versions, never part of one."""

import pytest
from django.core.management import CommandError, call_command

from scales.actions.loading import load_figures
from scales.figures import PER_SPECIALIST, READINGS, TALLIES, Answer, Figure, fits
from scales.figures_file import read_figures
from scales.models import Scale, ScaleFigure
from scales.yaml_file import DefinitionError
from tests.factories.scales import FOLDER, scale_version, shipped_figures, shipped_scale

TWO = """
figures_of: ips-25
items:
  - {item: caseload-size, figure: caseload}
  - item: team-assignment
    figure: own-teams
    answers:
      - {condition: three-or-more-teams, answer: three-or-more-teams}
"""


def problems(text: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        read_figures(text, "some.yaml")
    return str(caught.value).splitlines()


def test_a_file_says_item_by_item_which_figure_and_which_answers():
    one, two = read_figures(TWO, "some.yaml").items

    assert (one.item, one.figure, one.answers) == ("caseload-size", Figure.CASELOAD, {})
    assert two.answers == {"three-or-more-teams": Answer.THREE_OR_MORE_TEAMS}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("figures_of: ips-25\nitems: []\n", "items: is empty"),
        (
            "figures_of: ips-25\nitems:\n  - {item: a, figure: horoscope}\n",
            "line 3, items › a › figure: “horoscope” is unknown",
        ),
        (
            "figures_of: ips-25\nitems:\n  - {item: a, figure: caseload}\n  - {item: a, figure: phases}\n",
            "line 4, items › a: this item is already taken",
        ),
        (
            "figures_of: ips-25\nitems:\n  - {item: a, figure: caseload, else: b}\n",
            "this key is unknown here",
        ),
    ],
)
def test_a_bad_file_is_answered_with_line_place_and_reason(text, says):
    assert any(says in line for line in problems(text))


def test_every_shipped_figure_fits_its_item_in_both_wordings():
    for wording in ("uk", "us"):
        items = shipped_scale(wording).items_by_code
        for row in shipped_figures().items:
            item = items[row.item]
            assert fits(row.figure, item), row.item
            assert set(row.answers) <= {condition.code for condition in item.conditions}, row.item


def test_every_figure_has_a_reading_or_is_a_tally():
    assert set(READINGS) | TALLIES == set(Figure)
    assert not set(READINGS) & TALLIES
    assert set(READINGS) >= PER_SPECIALIST


def test_a_figure_does_not_fit_an_item_that_is_read_otherwise():
    items = shipped_scale("uk").items_by_code

    assert not fits(Figure.CASELOAD, items["zero-exclusion"])
    assert not fits(Figure.COMPETITIVE_JOBS, items["community-based"])


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_leaves_what_the_file_does_not_name():
    scale = scale_version().scale
    ScaleFigure.objects.create(scale=scale, item_code="zero-exclusion", figure=Figure.OUTREACH)

    _, is_new = load_figures(definition=shipped_figures())

    assert is_new is False
    assert scale.figures.get(item_code="zero-exclusion").figure == Figure.OUTREACH


@pytest.mark.django_db
def test_loading_mends_what_the_file_says_otherwise_while_the_version_stays_published():
    version = scale_version()
    before = version.content_hash
    version.scale.figures.filter(item_code="caseload-size").update(figure=Figure.PHASES)

    _, is_new = load_figures(definition=shipped_figures())

    version.refresh_from_db()
    assert is_new is True
    assert version.scale.figures.get(item_code="caseload-size").figure == Figure.CASELOAD
    assert version.content_hash == before


@pytest.mark.usefixtures("no_definitions")
def test_figures_of_a_scale_that_is_not_loaded_are_refused_in_words():
    with pytest.raises(CommandError, match=r"no version of the scale ips-25 is loaded"):
        call_command("load_scale", str(FOLDER / "figures" / "ips-25.yaml"))
    assert not Scale.objects.exists()
