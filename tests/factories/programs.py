import factory

from accounts.permissions import Role
from programs.models import Membership, Organization, Program, Setting, Site
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
