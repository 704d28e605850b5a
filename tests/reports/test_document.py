from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from reports.document import UnknownSchema, from_json, sha256, to_json
from reports.sample import sample_document
from tests.reports.documents import report


@pytest.mark.parametrize("document", [sample_document(), report({"caseload-size": None}, edition="")])
def test_a_document_reads_back_as_it_was_written(document):
    assert from_json(to_json(document)) == document


def test_equal_documents_have_the_same_hash_and_others_another():
    first, second = sample_document(), sample_document()

    assert sha256(to_json(first)) == sha256(to_json(second))
    assert sha256(to_json(replace(first, summary="One word more."))) != sha256(to_json(first))


def test_reading_back_and_writing_again_changes_no_byte():
    summer = datetime(2026, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    text = to_json(replace(sample_document(), made_at=summer))

    assert to_json(from_json(text)) == text


def test_data_of_another_schema_is_refused():
    text = to_json(sample_document()).replace('"schema":1', '"schema":99')

    with pytest.raises(UnknownSchema):
        from_json(text)
