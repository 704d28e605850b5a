"""Write the report of a review to a PDF file."""

import re
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.editions import latest_edition, stored_pdf
from reports.pdf import write_pdf
from reports.projection import project
from reviews.models import Edition, Review
from reviews.permissions import DRAFT_EXISTS

EDITION_NUMBER = re.compile(r"([0-9]+)\.([0-9]+)")


class Command(BaseCommand):
    help = "Writes the PDF of a review: the issued one, or before that a draft."

    def add_arguments(self, parser):
        parser.add_argument("review", type=int, help="the number in the review's address")
        parser.add_argument("--to", type=Path, required=True, metavar="FILE.pdf", help="file to write")
        parser.add_argument("--edition", metavar="1.0", help="an issued edition; the latest if left out")

    def handle(self, *, review: int, to: Path, edition: str | None, **options):
        found = Review.objects.with_details().filter(pk=review).first()
        if found is None:
            raise CommandError(f"There is no review {review}.")
        if not to.parent.is_dir():
            raise CommandError(f"There is no folder {to.parent}.")
        issued = self.edition_of(found, edition) if edition else latest_edition(found)
        to.write_bytes(stored_pdf(issued) if issued else self.draft_of(found))
        self.stdout.write(f"{to}: {f'edition {issued.number}' if issued else 'draft'} of {found}")

    def edition_of(self, review: Review, number: str) -> Edition:
        parts = EDITION_NUMBER.fullmatch(number)
        if parts is None:
            raise CommandError(f"An edition is written like 1.0, not {number!r}.")
        found = review.editions.filter(major=int(parts[1]), minor=int(parts[2])).first()
        if found is None:
            raise CommandError(f"Review {review.pk} has no edition {number}.")
        return found

    def draft_of(self, review: Review) -> bytes:
        if review.stage not in DRAFT_EXISTS:
            raise CommandError(f"Review {review.pk} has no draft yet: it is {review.get_stage_display()}.")
        return write_pdf(project(review, made_at=timezone.now()))
