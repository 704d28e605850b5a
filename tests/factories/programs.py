import factory
from django.utils import timezone

from accounts.permissions import Role
from programs.models import (
    Membership,
    Organization,
    Program,
    QuarterlyOutcome,
    Setting,
    Site,
    StartDefinition,
)
from tests.factories.accounts import UserFactory


class SettingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Setting
        django_get_or_create = ["code"]

    code = "community-mental-health"
    name = factory.LazyAttribute(lambda setting: setting.code.replace("-", " ").capitalize())


class OrganizationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organization

    name = factory.Sequence(lambda number: f"Organization {number}")


class ProgramFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Program

    organization = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence(lambda number: f"Program {number}")


class SiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Site

    program = factory.SubFactory(ProgramFactory)
    name = factory.Sequence(lambda number: f"Site {number}")
    setting = factory.SubFactory(SettingFactory)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    program = factory.SubFactory(ProgramFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.VIEWER.value


class StartDefinitionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StartDefinition

    program = factory.SubFactory(ProgramFactory)
    kind = StartDefinition.Kind.WEEKS_13
    chosen_at = factory.LazyFunction(timezone.now)
    chosen_by = factory.SubFactory(UserFactory)


class QuarterlyOutcomeFactory(factory.django.DjangoModelFactory):
    """A quarter with all numbers but the starts that count, which need a definition."""

    class Meta:
        model = QuarterlyOutcome

    site = factory.SubFactory(SiteFactory)
    year = 2026
    quarter = 1
    on_caseload = 40
    job_starts = 6
    in_work = 14
    by = factory.SubFactory(UserFactory)
