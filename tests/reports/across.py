"""Sites with results, written as an import of past reviews writes them: quick, and as many as a test wants."""

from datetime import date

from accounts.permissions import Role
from programs.models import Program, Site
from reviews.actions.results import figures
from reviews.independence import Label
from reviews.models import Kind, Result
from scales.models import SettingProfile
from tests.factories.past import past_import_on
from tests.factories.programs import MembershipFactory, SettingFactory, SiteFactory
from tests.factories.scales import setting_profile

DAY = date(2026, 3, 2)


def result(
    site: Site,
    scores=4,
    on: date = DAY,
    *,
    profile: SettingProfile | None = None,
    kind: str = Kind.FOLLOW_UP,
    independence: str = Label.INDEPENDENT,
    spreads: int | None = None,
    **fields,
) -> Result:
    """`scores`: one for all items, or by item code, the others at the top. `spreads`: of every item."""
    profile = profile or setting_profile()
    spec = profile.version.to_spec()
    by_code = {
        item.code: scores.get(item.code, spec.maximum) if isinstance(scores, dict) else scores
        for item in spec.items
    }
    return Result.objects.create(
        imported_from=None if "review" in fields else past_import_on(profile.version),
        site=site,
        kind=kind,
        independence=independence,
        starts_on=on,
        ends_on=on,
        version=profile.version,
        profile=profile,
        spreads=[spreads] * len(spec.items),
        **figures(spec, profile.to_spec(), by_code),
        **fields,
    )


def sites_of(program: Program, number: int, **fields) -> list[Site]:
    setting = SettingFactory()
    return [
        SiteFactory(program=program, setting=setting, name=f"Site {place:02}", **fields)
        for place in range(number)
    ]


def reader_of(*programs: Program, role: Role = Role.NETWORK_LEAD):
    user = MembershipFactory(program=programs[0], role=role.value).user
    for program in programs[1:]:
        MembershipFactory(program=program, user=user, role=role.value)
    return user
