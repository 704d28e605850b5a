"""Who is reviewed: organization, program, site, and each person's role there."""

from collections import defaultdict

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.permissions import ROLE_NAMES, ROLE_PERMISSIONS, Permission, Role

PROGRAM_ROLES = (
    Role.PROGRAM_MANAGER,
    Role.VIEWER,
    Role.PROGRAM_LEAD,
    Role.PROGRAM_REVIEWER,
    Role.NETWORK_LEAD,
)


def roles_with(permission: Permission) -> list[str]:
    """Program roles that carry a permission, as stored in a membership."""
    return [role.value for role in PROGRAM_ROLES if permission in ROLE_PERMISSIONS[role]]


class Setting(models.Model):
    """The kind of health care that a site works inside; a setting profile names the same code."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("setting")
        verbose_name_plural = _("settings")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Organization(models.Model):
    """A body that employs people: runs a program, or sends reviewers."""

    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]

    def __str__(self):
        return self.name


class ProgramQuerySet(models.QuerySet):
    def where_holding(self, user, permission: Permission):
        """Programs in which the user holds a role that carries the permission."""
        return self.filter(
            pk__in=Membership.objects.filter(user=user, role__in=roles_with(permission)).values("program")
        )

    def visible_to(self, user):
        return self.where_holding(user, Permission.VIEW_PROGRAM)


class Program(models.Model):
    """An IPS service with one or more sites, run by an organization."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="programs", verbose_name=_("organization")
    )
    name = models.CharField(_("name"), max_length=200)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="one_program_per_name_in_an_organization",
                violation_error_message=_("This organization has a program of this name already."),
            ),
        ]

    def __str__(self):
        return self.name

    def roles_of(self, user) -> frozenset[Role]:
        return _program_roles(user)[self.pk]

    def holders_of(self, permission: Permission) -> list:
        """People whose role in the program carries a permission, by name."""
        rows = self.memberships.filter(role__in=roles_with(permission), user__is_active=True)
        return sorted(
            {row.user for row in rows.select_related("user")}, key=lambda user: (user.name, user.pk)
        )


class SiteQuerySet(models.QuerySet):
    def where_holding(self, user, permission: Permission):
        return self.filter(program__in=Program.objects.where_holding(user, permission))

    def visible_to(self, user):
        return self.where_holding(user, Permission.VIEW_PROGRAM)

    def from_address(self, text: str):
        """The site whose number an address names, or None where it is no number or not among these."""
        return self.select_related("setting").filter(pk=text).first() if text.isdecimal() else None


class Site(models.Model):
    """The place that is reviewed."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="sites", verbose_name=_("program"))
    name = models.CharField(_("name"), max_length=200)
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="sites", verbose_name=_("setting"))
    place = models.CharField(_("town or district"), max_length=200, blank=True)
    region = models.CharField(
        _("region"),
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text=_("Sites of the same region can be compared with each other. Write its name the same way."),
    )

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="one_site_per_name_in_a_program",
                violation_error_message=_("This program has a site of this name already."),
            ),
        ]

    def __str__(self):
        return self.name

    def roles_of(self, user) -> frozenset[Role]:
        return _program_roles(user)[self.program_id]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Membership(models.Model):
    """A person's role in a program."""

    program = models.ForeignKey(
        Program, models.CASCADE, related_name="memberships", verbose_name=_("program")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    role = models.CharField(
        _("role"), max_length=40, choices=[(role.value, ROLE_NAMES[role]) for role in PROGRAM_ROLES]
    )
    # As the manager who gave access wrote it: the name of an account would tell that there was one before.
    known_as = models.CharField(
        _("known here as"), max_length=150, blank=True, default="", db_default="", editable=False
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["program_id", "user_id", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "user", "role"],
                name="a_role_is_held_once_in_a_program",
                violation_error_message=_("This person holds this role in the program already."),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.role}"

    @property
    def shown_name(self) -> str:
        return self.known_as or str(self.user)

    @property
    def other_roles(self) -> list[str]:
        """What else the person is in this program, in words."""
        others = self.program.memberships.filter(user=self.user_id).exclude(pk=self.pk).order_by("role")
        return [other.get_role_display() for other in others]

    @property
    def reads_by_another_role(self) -> bool:
        """Whether the reports of the program stay open to the person without this role."""
        others = self.program.memberships.filter(user=self.user_id).exclude(pk=self.pk)
        return others.filter(role__in=roles_with(Permission.READ_REPORT)).exists()

    @property
    def shown_email(self) -> str:
        """In small letters, whichever way it was first written."""
        return self.user.email.lower()


def _program_roles(user) -> dict[int, frozenset[Role]]:
    """Roles of a person by program id, read once per loaded user."""
    if not hasattr(user, "_program_roles"):
        roles: dict[int, frozenset[Role]] = defaultdict(frozenset)
        if user.is_authenticated:
            for program, role in user.memberships.values_list("program", "role"):
                roles[program] |= {Role(role)}
        user._program_roles = roles
    return user._program_roles
