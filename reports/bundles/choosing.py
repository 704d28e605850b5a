"""Which issued reports somebody may have at all, and which of them a choice of program and dates names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.text import slugify

from programs.models import Program
from reports.file_names import pdf_name
from reports.models import Bundle
from reviews.models import Edition, Review


@dataclass(frozen=True)
class Choice:
    """`program`: None for all. Dates: of the visit's first day, both ends included; None where open."""

    program: Program | None = None
    visits_from: date | None = None
    visits_to: date | None = None


def programs_of(user) -> list[Program]:
    """Programs of whose reports the user may read one or more."""
    readable = Review.objects.with_report_for(user)
    return list(Program.objects.filter(pk__in=readable.values("site__program")))


def are_held_back(user) -> bool:
    """Whether some report is closed to the user only while they rate its site."""
    return Review.objects.with_report_held_back_from(user).exists()


def editions(user, choice: Choice) -> list[Edition]:
    """The edition to read of each report that the choice names and the user may read, by program, site and date.

    Their reviews and sites are loaded, their data and PDFs are not.
    """
    return sorted(_latest_of(_chosen(user, choice)), key=_order)


def count(user, choice: Choice) -> int:
    """How many `editions` gives."""
    return _chosen(user, choice).count()


def first_editions(user, choice: Choice, most: int) -> list[Edition]:
    """The first of `editions`, in the database's order of names, without reading the others."""
    site = "site__program__name", "site__program_id", "site__name", "site_id"
    first = _chosen(user, choice).order_by(*site, "starts_on", "pk")[:most]
    return sorted(_latest_of(first.values("pk")), key=_order)


def _chosen(user, choice: Choice):
    """Reviews with a report that was issued."""
    issued = Exists(Edition.objects.filter(review=OuterRef("pk")))
    reviews = Review.objects.with_report_for(user).filter(issued)
    if choice.program:
        reviews = reviews.filter(site__program=choice.program)
    if choice.visits_from:
        reviews = reviews.filter(starts_on__gte=choice.visits_from)
    if choice.visits_to:
        reviews = reviews.filter(starts_on__lte=choice.visits_to)
    return reviews


def _latest_of(reviews):
    return (
        Edition.objects.filter(review__in=reviews)
        .the_one_to_read_first()
        .distinct("review_id")
        .without_files()
        .select_related("review__site__program")
    )


def closed_in(bundle: Bundle) -> set[int]:
    """Reports of a bundle that whoever asked for it may not read now."""
    readable = Review.objects.with_report_for(bundle.asked_by)
    return set(bundle.reports.exclude(edition__review__in=readable).values_list("pk", flat=True))


def _order(edition: Edition) -> tuple:
    review, site = edition.review, edition.review.site
    return (
        site.program.name.casefold(),
        site.program_id,
        site.name.casefold(),
        site.pk,
        review.starts_on,
        review.pk,
    )


def names_of(chosen: Iterable[Edition]) -> list[str]:
    """A file name for each edition, without an ending, all different; in a folder per program where there are two."""
    chosen = list(chosen)
    has_folders = len({edition.review.site.program_id for edition in chosen}) > 1
    names: list[str] = []
    for edition in chosen:
        name = pdf_name(edition.review, edition.number, is_withdrawn=edition.is_withdrawn).removesuffix(
            ".pdf"
        )
        if has_folders:
            program = edition.review.site.program
            name = f"{slugify(program.name)[:80] or f'program-{program.pk}'}/{name}"
        names.append(_not_among(names, name))
    return names


def _not_among(taken: list[str], name: str) -> str:
    """Two sites may be of one name, or of names that have no Latin letters: the second is numbered."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def years_of(user) -> list[int]:
    """Years of the visits whose reports the user may read, the latest first."""
    days = Review.objects.with_report_for(user).order_by().dates("starts_on", "year", order="DESC")
    return [day.year for day in days]
