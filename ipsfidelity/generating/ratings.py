"""Ratings and agreed ratings: written by the database itself, from the scores of a whole set in one row."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import ProgrammingError, connection, transaction

from ipsfidelity.generating import rows, texts
from ipsfidelity.generating.scores import Scores
from reviews.models import TeamMember
from scales.models import ScaleVersion


@dataclass
class OwnSet:
    """`scores`: as far as the reviewer has come. `submitted_at` None: not yet. `number`: of its row, in time."""

    member: TeamMember
    version: int
    scores: Scores
    at: datetime
    submitted_at: datetime | None
    number: int = 0


@dataclass(frozen=True)
class Agreed:
    """`split`: of each item, whether the reviewers differed. `ranks`: its place among what to do next, else None."""

    review: int
    version: int
    scores: Scores
    split: Sequence[bool]
    ranks: Sequence[int | None]
    strong: Sequence[bool]
    by: int
    at: datetime


TABLES = """
    CREATE TEMPORARY TABLE generated_words (
        version bigint, place int, item bigint, score int,
        rationale text, evidence text, recommendation text, action text, highest int
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE generated_sets (
        number bigint, version bigint, scores int[], at timestamptz, submitted_at timestamptz
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE generated_agreed (
        review bigint, version bigint, scores int[], split boolean[], ranks int[], strong boolean[],
        by_ bigint, at timestamptz
    ) ON COMMIT DROP;
"""
RATINGS = """
    INSERT INTO reviews_rating (rating_set_id, item_id, score, not_rated, unrated_code, unrated_note, rationale,
        evidence, recommendation, suggested, departure_reason, revision, updated_at, specialist_points)
    SELECT own.number, words.item, given.score, given.score IS NULL, '',
        CASE WHEN given.score IS NULL THEN %s ELSE '' END, words.rationale, words.evidence,
        words.recommendation, NULL, '', 1, own.at, '[]'
    FROM generated_sets own
    CROSS JOIN LATERAL unnest(own.scores) WITH ORDINALITY given (score, place)
    JOIN generated_words words ON words.version = own.version AND words.place = given.place
        AND words.score = COALESCE(given.score, -1)
    ORDER BY own.number, given.place
"""
SUBMITTED = """
    UPDATE reviews_ratingset own SET submitted_at = generated.submitted_at FROM generated_sets generated
    WHERE own.id = generated.number AND generated.submitted_at IS NOT NULL
"""
CONSENSUS = """
    INSERT INTO reviews_consensusrating (review_id, item_id, score, not_rated, unrated_code, unrated_note, rationale,
        evidence, recommendation, suggested, departure_reason, revision, updated_at, reason, agreed_by_id, strength,
        priority, action, target, correction_id)
    SELECT agreed.review, words.item, given.score, given.score IS NULL, '',
        CASE WHEN given.score IS NULL THEN %s ELSE '' END, words.rationale, words.evidence, words.recommendation,
        NULL, '', 1, agreed.at, CASE WHEN given.split THEN %s ELSE '' END, agreed.by_,
        CASE WHEN given.strong THEN %s ELSE '' END, given.priority,
        CASE WHEN given.priority IS NULL THEN '' ELSE words.action END,
        CASE WHEN given.priority IS NOT NULL AND given.score < words.highest THEN given.score + 1 END, NULL
    FROM generated_agreed agreed
    CROSS JOIN LATERAL unnest(agreed.scores, agreed.split, agreed.ranks, agreed.strong)
        WITH ORDINALITY given (score, split, priority, strong, place)
    JOIN generated_words words ON words.version = agreed.version AND words.place = given.place
        AND words.score = COALESCE(given.score, -1)
    ORDER BY agreed.review, given.place
"""
# In the table of words the row of an item without a score.
UNRATED = -1


def prepare(versions: Iterable[ScaleVersion]) -> None:
    """Within the transaction: the words for each item and score, and room for sets."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
    for version in versions:
        spec, numbers = version.to_spec(), version.item_ids()
        for place, item in enumerate(spec.items, 1):
            title = item.short_title
            scored = [
                (
                    version.pk,
                    place,
                    numbers[item.code],
                    score,
                    texts.rationale(title, score),
                    texts.evidence(title),
                    texts.recommendation(title) if score < spec.maximum else "",
                    texts.action(title),
                    spec.maximum,
                )
                for score in range(spec.minimum, spec.maximum + 1)
            ]
            unrated = (version.pk, place, numbers[item.code], UNRATED, "", "", "", "", spec.maximum)
            rows.copy_values("generated_words", WORDS, [*scored, unrated])


WORDS = (
    "version", "place", "item", "score", "rationale", "evidence", "recommendation", "action", "highest",
)  # fmt: skip


@contextmanager
def triggers_asleep() -> Iterator[None]:
    """Where the database allows it: rows that are right by their making are not looked up one by one.

    Only while ratings are put into sets and reviews that this transaction made, and until the end of it at most. A
    user of the database who may not do so waits longer, no more.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
    except ProgrammingError:
        yield
        return
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")


def add_ratings(sets: Sequence[OwnSet], agreed: Sequence[Agreed]) -> None:
    """Ratings into sets that are there and open, which are submitted then; agreed ones into reviews not yet issued."""
    rows.copy_values(
        "generated_sets",
        ("number", "version", "scores", "at", "submitted_at"),
        ([one.number, one.version, one.scores, one.at, one.submitted_at] for one in sets),
    )
    rows.copy_values(
        "generated_agreed",
        ("review", "version", "scores", "split", "ranks", "strong", "by_", "at"),
        (
            [
                one.review,
                one.version,
                one.scores,
                list(one.split),
                list(one.ranks),
                list(one.strong),
                one.by,
                one.at,
            ]
            for one in agreed
        ),
    )
    with connection.cursor() as cursor:
        # Triggers look the parents up: with statistics of this transaction they do so by index.
        cursor.execute(
            "ANALYZE generated_words, generated_sets, generated_agreed, reviews_ratingset, reviews_review"
        )
        with triggers_asleep():
            cursor.execute(RATINGS, [texts.NOT_RATED])
            cursor.execute(CONSENSUS, [texts.NOT_RATED, texts.REASON, texts.STRENGTH])
        cursor.execute(SUBMITTED)
        cursor.execute("TRUNCATE generated_sets, generated_agreed")
