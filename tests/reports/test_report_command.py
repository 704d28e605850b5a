import pytest
from django.core.management import CommandError, call_command

from reviews.models import Stage
from tests.reports.reviews import draft, issued_report
from tests.reviews.situations import at_stage

pytestmark = pytest.mark.django_db


def test_it_writes_the_stored_pdf(tmp_path, capsys):
    review = issued_report()
    file = tmp_path / "report.pdf"

    call_command("report", str(review.pk), "--to", str(file))

    assert file.read_bytes() == bytes(review.editions.get().pdf)
    assert "edition 1.0" in capsys.readouterr().out


def test_it_writes_a_draft_before_that(tmp_path):
    file = tmp_path / "report.pdf"

    call_command("report", str(draft().pk), "--to", str(file))

    assert file.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(("number", "expected"), [("2.0", "has no edition 2.0"), ("one", "written like 1.0")])
def test_it_says_which_edition_is_not_there(tmp_path, number, expected):
    review = issued_report()

    with pytest.raises(CommandError, match=expected):
        call_command("report", str(review.pk), "--to", str(tmp_path / "x.pdf"), "--edition", number)


def test_it_says_that_there_is_no_such_review_draft_or_folder(tmp_path):
    review = draft()

    with pytest.raises(CommandError, match="no review 999999"):
        call_command("report", "999999", "--to", str(tmp_path / "x.pdf"))
    with pytest.raises(CommandError, match="no folder"):
        call_command("report", str(review.pk), "--to", str(tmp_path / "none" / "x.pdf"))
    with pytest.raises(CommandError, match="no draft yet"):
        call_command("report", str(at_stage(review, Stage.RATING).pk), "--to", str(tmp_path / "x.pdf"))
