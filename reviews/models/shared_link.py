"""A link by which someone without an account reads an issued report, and each time that it was opened."""

import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review

TOKEN_BYTES = 32
LONGEST = timedelta(days=365)
# The last day counts whole, and clocks may change on the way to it.
SPARE = timedelta(days=2)


def new_token() -> str:
    """256 random bits, as they stand in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def sha256_of(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()


class SharedLinkQuerySet(models.QuerySet):
    def opening(self):
        """Links that open the report now: neither revoked nor past their last day."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def by_token(self, token: str):
        """The link that a token opens now, or None: for a wrong, an expired and a revoked one by the same work."""
        opening = self.opening().select_related("review__site")
        return opening.filter(token_sha256=sha256_of(token)).first()

    def with_use(self):
        """The newest link first. `opened`: how often. `last_opened_at`: None where never."""
        used = self.annotate(opened=Count("uses"), last_opened_at=Max("uses__at"))
        return used.order_by("-created_at", "-pk")


class SharedLink(models.Model):
    """Reads the report of one review until it expires or is revoked. The token itself is stored nowhere."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="shared_links")
    label = models.CharField(_("for whom"), max_length=150)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SharedLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_shared_link_expires_within_a_year",
                condition=Q(
                    expires_at__gt=F("created_at"), expires_at__lte=F("created_at") + LONGEST + SPARE
                ),
            ),
            models.CheckConstraint(
                name="a_shared_link_is_revoked_by_someone",
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="a_shared_link_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="a_shared_link_is_revoked_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__revoked_at__isnull=False)
                | pgtrigger.Q(old__review__df=pgtrigger.F("new__review"))
                | pgtrigger.Q(old__label__df=pgtrigger.F("new__label"))
                | pgtrigger.Q(old__token_sha256__df=pgtrigger.F("new__token_sha256"))
                | pgtrigger.Q(old__created_at__df=pgtrigger.F("new__created_at"))
                | pgtrigger.Q(old__created_by__df=pgtrigger.F("new__created_by"))
                | pgtrigger.Q(old__expires_at__df=pgtrigger.F("new__expires_at")),
            ),
        ]

    def __str__(self):
        return self.label

    @staticmethod
    def end_of(day: date) -> datetime:
        """The first moment after a day, where this installation is."""
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time()))

    @property
    def last_day(self) -> date:
        """The last day on which the link opens the report, were it not revoked."""
        return timezone.localdate(self.expires_at - timedelta(seconds=1))

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def is_opening(self) -> bool:
        return not self.is_revoked and self.expires_at > timezone.now()


class SharedLinkUse(models.Model):
    """One time that a link was opened: when, and what was read. Who it was is not known."""

    class What(models.TextChoices):
        PAGE = "page", _("the report on screen")
        PDF = "pdf", _("the PDF")

    link = models.ForeignKey(SharedLink, models.PROTECT, related_name="uses")
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=4, choices=What)

    class Meta:
        ordering = ["link_id", "at", "pk"]
        triggers = [
            pgtrigger.Protect(
                name="uses_of_a_link_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.link_id}, {self.what}, {self.at:%Y-%m-%d}"
