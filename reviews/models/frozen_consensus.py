"""Triggers by which PostgreSQL itself keeps the agreed ratings of an issued report, corrections aside."""

import pgtrigger

# What a correction can change of an agreed rating; all else of it stays as it was issued.
CORRECTABLE = (
    "score",
    "not_rated",
    "unrated_code",
    "unrated_note",
    "rationale",
    "evidence",
    "recommendation",
    "departure_reason",
    "strength",
    "action",
    "target",
)
# Bookkeeping of the row that goes with a correction.
BESIDE = ("revision", "updated_at", "agreed_by_id", "correction_id")

SAME_VALUES = " AND ".join(f"row.{name} IS NOT DISTINCT FROM NEW.{name}" for name in CORRECTABLE)
OF_ITS_CORRECTION = f"""
    SELECT 1 FROM reviews_correction correction
    JOIN reviews_correcteditem row ON row.correction_id = correction.id
    WHERE correction.id = NEW.correction_id AND correction.review_id = NEW.review_id
        AND row.item_id = NEW.item_id AND {SAME_VALUES}
"""
ALL_ELSE = " - ".join(["to_jsonb({row})", *(f"'{name}'" for name in CORRECTABLE + BESIDE)])


def issued_ratings_change_by_correction_alone() -> list[pgtrigger.Trigger]:
    """Refuse to add, change or remove an agreed rating of an issued report.

    One change is let through: to the very values that the open correction of the review, which the row then names,
    has for the item. It stands only if that correction is issued as an edition in the same transaction; that is looked
    at when it commits.
    """
    refused = """
        RAISE EXCEPTION 'the agreed rating % belongs to an issued report and stays as it is', {row}.id
            USING ERRCODE = 'integrity_constraint_violation';
    """
    # The parent is read FOR SHARE, so that issuing waits for an open edit and an edit waits for an open issuing.
    is_issued = """
        PERFORM 1 FROM reviews_review review WHERE review.id = {row}.review_id FOR SHARE;
        IF EXISTS (SELECT 1 FROM reviews_review review
                   WHERE review.id = {row}.review_id AND review.stage = 'issued')
    """
    is_corrected = f"""
        TG_OP = 'UPDATE' AND {ALL_ELSE.format(row="OLD")} = {ALL_ELSE.format(row="NEW")}
        AND EXISTS ({OF_ITS_CORRECTION} AND correction.ended_at IS NULL)
    """
    return [
        pgtrigger.Trigger(
            name="frozen_once_published",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=f"""
                IF TG_OP <> 'INSERT' THEN
                    {is_issued.format(row="OLD")} THEN
                        IF {is_corrected} THEN RETURN NEW; END IF;
                        {refused.format(row="OLD")}
                    END IF;
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                {is_issued.format(row="NEW")} THEN {refused.format(row="NEW")} END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="corrected_with_an_edition",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            timing=pgtrigger.Deferred,
            condition=pgtrigger.Q(new__correction__isnull=False),
            func=f"""
                IF NOT EXISTS ({OF_ITS_CORRECTION} AND correction.edition_id IS NOT NULL) THEN
                    {refused.format(row="NEW")}
                END IF;
                RETURN NULL;
            """,
        ),
    ]
