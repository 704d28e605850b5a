"""A fidelity review of one site, from plan to issued report."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from programs.models import Program, Site
from reviews.independence import Independence, Label, Rater, independence
from scales.models import ScaleVersion, SettingProfile


class Stage(models.TextChoices):
    PLANNED = "planned", _("planned")
    RATING = "rating", _("rating")
    CONSENSUS = "consensus", _("consensus")
    DRAFT = "draft", _("draft report")
    WITH_SERVICE = "with-service", _("with the service")
    ISSUED = "issued", _("issued")
    CANCELLED = "cancelled", _("cancelled")


class Kind(models.TextChoices):
    BASELINE = "baseline", _("Baseline review")
    FOLLOW_UP = "follow-up", _("Follow-up review")
    GUIDED = "guided", _("Guided self-assessment")
    SELF = "self", _("Self-assessment")


class Mode(models.TextChoices):
    ON_SITE = "on-site", _("on site")
    REMOTE = "remote", _("remote")
    HYBRID = "hybrid", _("part on site, part remote")


# Roles that see a review before it is issued; others see it from then on.
FROM_THE_START = [
    role.value for role in (Role.PROGRAM_MANAGER,) if Permission.VIEW_REVIEW in ROLE_PERMISSIONS[role]
]


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Reviews whose existence the user may know of: on the team, managing the program, or issued to them."""
        programs = Program.objects.where_holding(user, Permission.VIEW_REVIEW)
        managed = Program.objects.filter(memberships__user=user, memberships__role__in=FROM_THE_START)
        return self.filter(
            Q(pk__in=self.model.team_model().objects.filter(user=user).values("review"))
            | Q(site__program__in=programs, stage=Stage.ISSUED)
            | Q(site__program__in=managed)
        )

    def with_details(self):
        return self.select_related(
            "site__program__organization", "site__setting", "version__scale", "profile"
        )

    def with_report_state(self):
        """`report_is_withdrawn`: the report was issued, and no edition of it holds."""
        from reviews.models.edition import Edition

        holding = Edition.objects.filter(review=OuterRef("pk"), withdrawal=None)
        return self.annotate(
            report_is_withdrawn=Case(
                When(stage=Stage.ISSUED, then=~Exists(holding)),
                default=Value(False),
            )
        )

    def issued(self):
        return self.filter(stage=Stage.ISSUED)

    def with_report_for(self, user):
        """Issued reviews whose report the user may read now: of many what `may_read_report` says of one."""
        if not user.is_active:
            return self.none()
        return self._with_report_by_role(user).exclude(site__in=self._rated_sites(user))

    def with_action_plan_for(self, user):
        """Issued reviews whose action plan the user may read now: of many what `may_read_action_plan` says of one."""
        if not user.is_active:
            return self.none()
        plans = self._with_report_by_role(user, Permission.READ_ACTION_PLAN)
        return plans.exclude(site__in=self._rated_sites(user))

    def with_report_held_back_from(self, user):
        """Issued reviews whose report the user's roles open, but not while they rate the same site."""
        if not user.is_active:
            return self.none()
        return self._with_report_by_role(user).filter(site__in=self._rated_sites(user))

    def _with_report_by_role(self, user, may: Permission = Permission.READ_REPORT):
        team = self.model.team_model().objects
        on_team = team.filter(
            user=user, role__in=[role.value for role in Role if may in ROLE_PERMISSIONS[role]]
        )
        return self.issued().filter(
            Q(pk__in=on_team.values("review")) | Q(site__program__in=Program.objects.where_holding(user, may))
        )

    def _rated_sites(self, user):
        return self.model.team_model().objects.still_rating().filter(user=user).values("review__site")

    def to_rate_by(self, user):
        """Reviews in which the user has ratings to submit, soonest visit first. `has_begun`: some are there."""
        places = self.model.team_model().objects.still_rating().filter(user=user)
        begun = places.filter(review=OuterRef("pk"), rating_set__isnull=False)
        return (
            self.filter(pk__in=places.values("review"))
            .annotate(has_begun=Exists(begun))
            .order_by("starts_on", "pk")
        )

    def to_moderate_by(self, user):
        """Reviews whose draft waits for the user's word as its moderator."""
        places = self.model.team_model().objects.filter(user=user, role=Role.MODERATOR.value)
        return self.filter(
            pk__in=places.values("review"),
            stage__in=[Stage.DRAFT, Stage.WITH_SERVICE],
            moderations__outcome="",
        ).order_by("starts_on", "pk")

    def with_service_of(self, user):
        """Reviews whose draft the user may reply to or has replied to, the nearest last day first.

        `reply_by`: that day. `replied_at`: when the reply was sent, else None.
        """
        programs = Program.objects.where_holding(user, Permission.REPLY)
        rating_now = self.model.team_model().objects.still_rating().filter(user=user)
        return (
            self.filter(
                Q(service_replies__reply_by__gte=timezone.localdate()) | ~Q(service_replies__replied_at=None),
                service_replies__ended_at=None,
                site__program__in=programs,
                stage=Stage.WITH_SERVICE,
            )
            .exclude(site__in=rating_now.values("review__site"))
            .annotate(reply_by=F("service_replies__reply_by"), replied_at=F("service_replies__replied_at"))
            .order_by("reply_by", "pk")
        )

    def to_finish_by(self, user):
        """Reviews from consensus to the service's reply on whose report the user works."""
        return self.filter(
            pk__in=self.model.team_model().objects.counting().filter(user=user).values("review"),
            stage__in=[Stage.CONSENSUS, Stage.DRAFT, Stage.WITH_SERVICE],
        ).order_by("starts_on", "pk")

    def latest_first(self):
        return self.order_by("-starts_on", "-pk")


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent(), model_name="ReviewPastRow"
)
class Review(models.Model):
    """One visit, scored on one published scale version under one published setting profile, for life."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="reviews", verbose_name=_("site"))
    kind = models.CharField(_("type of review"), max_length=12, choices=Kind)
    mode = models.CharField(_("how it is done"), max_length=8, choices=Mode, default=Mode.ON_SITE)
    starts_on = models.DateField(_("first day of the visit"))
    ends_on = models.DateField(_("last day of the visit"))
    version = models.ForeignKey(
        ScaleVersion, models.PROTECT, related_name="reviews", verbose_name=_("scale version")
    )
    profile = models.ForeignKey(
        SettingProfile, models.PROTECT, related_name="reviews", verbose_name=_("setting profile")
    )
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.PLANNED)
    summary = models.TextField(_("summary"), blank=True)
    interviews = models.PositiveSmallIntegerField(_("interviews"), null=True, blank=True)
    observations = models.PositiveSmallIntegerField(_("observations"), null=True, blank=True)
    records = models.PositiveSmallIntegerField(_("records read"), null=True, blank=True)
    not_seen = models.TextField(_("what was not seen"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="visit_ends_on_or_after_its_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The visit cannot end before it starts."),
            ),
        ]
        indexes = [models.Index(fields=["site", "-starts_on"], name="reviews_of_a_site")]
        triggers = [
            pgtrigger.Protect(
                name="a_review_keeps_its_scale_for_life",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__stage=Stage.PLANNED)
                & (
                    pgtrigger.Q(old__version__df=pgtrigger.F("new__version"))
                    | pgtrigger.Q(old__profile__df=pgtrigger.F("new__profile"))
                    | pgtrigger.Q(old__site__df=pgtrigger.F("new__site"))
                ),
            ),
        ]

    def __str__(self):
        return f"{self.site}, {self.starts_on:%Y-%m-%d}"

    @staticmethod
    def team_model():
        from reviews.models.team import TeamMember

        return TeamMember

    @property
    def is_issued(self) -> bool:
        return self.stage == Stage.ISSUED

    @property
    def visit_is_ahead(self) -> bool:
        """Whether nobody has begun to rate and the first day of the visit is still to come."""
        return self.stage == Stage.PLANNED and self.starts_on > timezone.localdate()

    @cached_property
    def team(self) -> list:
        """Team members with their user and employer, lead first; read once per loaded review."""
        members = self.members.select_related("user", "employer", "rating_set")
        return sorted(members, key=lambda member: (member.role != Role.LEAD, member.pk))

    def member(self, user):
        """The user's own place on the team, or None."""
        return next((member for member in self.team if member.user_id == user.pk), None)

    def roles_of(self, user) -> frozenset[Role]:
        """Roles that count for this review: on its team, and in its program."""
        in_program = self.site.roles_of(user)
        own = self.member(user)
        return in_program | {Role(own.role)} if own else in_program

    @cached_property
    def independence(self) -> Independence:
        raters = [
            Rater(
                employed_by_service=member.employer_id == self.site.program.organization_id,
                worked_with_site=bool(member.worked_with_site),
                has_declared=member.has_declared,
            )
            for member in self.team
            if member.counts
        ]
        whole = {Kind.SELF: Label.SELF, Kind.GUIDED: Label.GUIDED}
        return independence(raters, whole.get(self.kind))

    def previous(self):
        """The result of the last review of the site before this one that stands, or None."""
        from reviews.models.result import Result

        return (
            Result.objects.standing()
            .filter(site=self.site_id, starts_on__lt=self.starts_on)
            .select_related("version__scale", "profile")
            .latest_first()
            .first()
        )

    def counts_like(self, earlier) -> bool:
        """Whether an item's score then and now can stand side by side: the same scale, by the same points."""
        now, then = self.version, earlier.version
        return (then.scale_id, then.minimum, then.maximum) == (now.scale_id, now.minimum, now.maximum)

    def facts_of(self, item_code: str):
        """The team's facts of one item; an empty, unsaved row where there are none."""
        row = self.facts.filter(item__code=item_code).select_related("updated_by").first()
        return row or self.facts.model(review=self)

    def items_without_consensus(self) -> list[str]:
        """Codes of the items that have no agreed score and no reason for none."""
        settled = {row.item.code for row in self.consensus.select_related("item") if row.is_settled}
        return [item.code for item in self.version.to_spec().items if item.code not in settled]

    @property
    def latest_reply(self):
        """The service's reply that is awaited, else the last that was sent; None where there is neither."""
        awaited_or_sent = self.service_replies.filter(Q(ended_at=None) | Q(replied_at__isnull=False))
        return awaited_or_sent.select_related("replied_by").order_by("pk").last()

    def missing_before_issue(self) -> list[str]:
        """What keeps the report from being issued, one sentence each."""
        spec = self.version.to_spec()
        return [
            _("Item %(number)s, %(title)s, has no agreed score.")
            % {"number": spec.item(code).number, "title": spec.item(code).short_title}
            for code in self.items_without_consensus()
        ]

    def advice_before_issue(self) -> list[str]:
        """What a reader will miss in the report, one sentence each; none of it keeps the report back."""
        rows = list(self.consensus.select_related("item"))
        silent = sorted(
            row.item.number for row in rows if row.score is not None and not row.rationale.strip()
        )
        advice = []
        if not any(row.strength for row in rows):
            advice.append(_("Page 1 names no strength."))
        if not any(row.priority for row in rows):
            advice.append(_("Page 1 says nothing about what to do next."))
        if silent:
            advice.append(
                ngettext(
                    "Item %(numbers)s has no words on why this score.",
                    "Items %(numbers)s have no words on why this score.",
                    len(silent),
                )
                % {"numbers": ", ".join(map(str, silent))}
            )
        return advice
