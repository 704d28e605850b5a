"""Programs with issued reports for tests of bundles. Each PDF is tagged, written once, and given an end of its own."""

import hashlib
from datetime import date, timedelta
from functools import cache

from django.utils import timezone

from accounts.permissions import Role
from programs.models import Program
from reports.bundles.asking import ask_for_bundle
from reports.bundles.choosing import Choice
from reports.bundles.making import make
from reports.document import to_json
from reports.models import Bundle, BundledReport
from reports.pdf import to_pdf, write_pdf
from reports.sample import sample_document
from reports.typeface import SOURCE_SANS
from reviews.models import Edition, Review, Stage
from tests.factories.programs import MembershipFactory, ProgramFactory, SettingFactory, SiteFactory
from tests.factories.reviews import ReviewFactory
from tests.reviews.situations import fresh, lead_of

FIRST_VISIT = date(2026, 1, 5)


@cache
def a_pdf(wording: str) -> bytes:
    return write_pdf(sample_document(wording=wording))


@cache
def a_short_pdf() -> bytes:
    """One page, where what a report says does not matter."""
    head = '<html lang="en"><head><title>A report</title></head>'
    return to_pdf(f"{head}<body><h1>A report</h1></body></html>", (SOURCE_SANS,))


@cache
def a_document(wording: str) -> str:
    return to_json(sample_document(wording=wording))


def issue(review: Review, minor: int = 0, wording: str = "") -> Edition:
    """An edition with a PDF that no other has: readers of PDF pass over what stands behind its end.

    `wording`: of the sample report, whose whole PDF it then is.
    """
    pdf = (a_pdf(wording) if wording else a_short_pdf()) + b"%% %d.%d\n" % (review.pk, minor)
    document = a_document(wording or "uk")
    Review.objects.filter(pk=review.pk).update(stage=Stage.ISSUED)
    return Edition.objects.create(
        review=review,
        minor=minor,
        issued_at=timezone.now(),
        issued_by=lead_of(review),
        document=document,
        document_sha256=hashlib.sha256(document.encode()).hexdigest(),
        pdf=pdf,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
    )


def reports_of(program: Program, number: int, wording: str = "") -> list[Edition]:
    """One report of each of so many sites, a week apart."""
    setting = SettingFactory()
    found = []
    for place in range(number):
        day = FIRST_VISIT + timedelta(weeks=place)
        site = SiteFactory(program=program, setting=setting, name=f"Site {place:02}")
        found.append(issue(ReviewFactory(site=site, starts_on=day, ends_on=day), wording=wording))
    return found


def manager_of(*programs: Program):
    user = MembershipFactory(program=programs[0], role=Role.PROGRAM_MANAGER.value).user
    for program in programs[1:]:
        MembershipFactory(program=program, user=user, role=Role.PROGRAM_MANAGER.value)
    return user


def manager_with(number: int):
    """The manager of a new program that has so many issued reports."""
    program = ProgramFactory()
    reports_of(program, number)
    return manager_of(program)


def asked(by, form: Bundle.Form = Bundle.Form.ZIP, **fields) -> Bundle:
    choice = Choice(**{name: fields.pop(name) for name in list(fields) if name in Choice.__annotations__})
    return ask_for_bundle(by=by, choice=choice, form=form, **fields)


def go_on(bundle: Bundle, reports: int = 10**6) -> Bundle:
    """Make it, or as many more reports of it; the worker is asked to end after those."""
    left = iter(range(1, reports))
    make(bundle.pk, is_to_end=lambda: next(left, None) is None)
    return read(bundle)


def read(bundle: Bundle) -> Bundle:
    return Bundle.objects.with_counts().get(pk=bundle.pk)


def content(bundle: Bundle) -> bytes:
    with bundle.file.open("rb") as file:
        return file.read()


def moments(bundle: Bundle) -> dict[int, object]:
    """When each report was settled, by its place."""
    settled = bundle.reports.exclude(state=BundledReport.State.WAITING)
    return dict(settled.values_list("place", "made_at"))


def rate_again(user, review: Review) -> Review:
    """Put someone on the team of a new review of the same site, with ratings of their own to submit."""
    later = review.ends_on + timedelta(days=400)
    again = ReviewFactory(site=review.site, starts_on=later, ends_on=later, lead=user)
    return fresh(again)
