"""Who does a review, and what each of them declared about their ties to the service."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import ROLE_NAMES, ROLE_PERMISSIONS, Permission, Role
from programs.models import Organization
from reviews.models.review import Review, Stage

TEAM_ROLES = (Role.LEAD, Role.REVIEWER, Role.OBSERVER, Role.MODERATOR)
# Observers rate too, to learn; their scores are kept out of consensus and report.
COUNTING_ROLES = (Role.LEAD, Role.REVIEWER)
# Counting sets are frozen once consensus opens; an observer goes on learning until the report is issued.
STAGES_TO_RATE_IN = (Stage.PLANNED, Stage.RATING)
STAGES_TO_LEARN_IN = (*STAGES_TO_RATE_IN, Stage.CONSENSUS, Stage.DRAFT, Stage.WITH_SERVICE)


class TeamMemberQuerySet(models.QuerySet):
    def raters(self):
        """People who rate, observers in training too."""
        return self.filter(
            role__in=[role.value for role in TEAM_ROLES if Permission.RATE in ROLE_PERMISSIONS[role]]
        )

    def still_rating(self):
        """People who have ratings of their own to submit, and may still do so."""
        counting = [role.value for role in COUNTING_ROLES]
        return self.raters().filter(
            Q(review__stage__in=STAGES_TO_RATE_IN)
            | Q(review__stage__in=STAGES_TO_LEARN_IN) & ~Q(role__in=counting),
            rating_set__submitted_at=None,
        )

    def counting(self):
        """People whose scores count for consensus and report."""
        return self.filter(role__in=[role.value for role in COUNTING_ROLES])


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class TeamMember(models.Model):
    """A person's place on the team of one review."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="team_places", verbose_name=_("person")
    )
    role = models.CharField(
        _("role"), max_length=40, choices=[(role.value, ROLE_NAMES[role]) for role in TEAM_ROLES]
    )
    employer = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("employed by"),
    )
    worked_with_site = models.BooleanField(
        _("worked with this site in the last two years"), null=True, blank=True
    )

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ["review_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "user"],
                name="one_place_per_person_on_a_team",
                violation_error_message=_("This person is on the team already."),
            ),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(role=Role.LEAD.value),
                name="one_lead_per_review",
                violation_error_message=_("A review has one lead."),
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"

    @property
    def rates(self) -> bool:
        return Permission.RATE in ROLE_PERMISSIONS[Role(self.role)]

    @property
    def counts(self) -> bool:
        """Whether this person's scores count for consensus and report."""
        return self.role in COUNTING_ROLES

    @property
    def stages_to_rate_in(self) -> tuple[Stage, ...]:
        """Stages of the review in which this person may write their own ratings."""
        return STAGES_TO_RATE_IN if self.counts else STAGES_TO_LEARN_IN

    @property
    def has_declared(self) -> bool:
        return self.employer_id is not None and self.worked_with_site is not None

    @property
    def own_set(self):
        """The person's rating set, or None before their first save."""
        return getattr(self, "rating_set", None)

    @property
    def has_submitted(self) -> bool:
        return self.own_set is not None and self.own_set.submitted_at is not None
