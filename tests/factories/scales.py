"""The shipped definitions, found in the database (`shipped.py` loads them before the first test) or loaded."""

from dataclasses import replace
from functools import lru_cache

from django.conf import settings

from scales.actions.drafting import draft_profile, draft_version
from scales.actions.loading import load_figures, load_profile, load_version
from scales.figures_file import ScaleFigures, read_figures
from scales.models import ScaleVersion, SettingProfile
from scales.spec import ProfileSpec, ScaleSpec
from scales.yaml_file import read_profile, read_scale
from tests.factories.accounts import scale_administrator

FOLDER = settings.BASE_DIR / "fixtures" / "scales"


@lru_cache
def shipped_scale(wording: str = "uk") -> ScaleSpec:
    path = FOLDER / f"ips-25-{wording}.yaml"
    return read_scale(path.read_text(encoding="utf-8"), path.name)


@lru_cache
def shipped_profile(setting: str, wording: str = "uk") -> ProfileSpec:
    path = FOLDER / "profiles" / f"{setting}-{wording}.yaml"
    return read_profile(path.read_text(encoding="utf-8"), path.name)


@lru_cache
def shipped_figures() -> ScaleFigures:
    path = FOLDER / "figures" / "ips-25.yaml"
    return read_figures(path.read_text(encoding="utf-8"), path.name)


def scale_version(wording: str = "uk") -> ScaleVersion:
    """IPS-25 as shipped, published in the database, with the figures that its items take."""
    definition = shipped_scale(wording)
    published = ScaleVersion.objects.select_related("scale")
    version = published.filter(scale__code=definition.scale_code, label=definition.label).first()
    if version is None:
        version = load_version(definition=definition)[0]
        load_figures(definition=shipped_figures())
    return read_once(version)


def setting_profile(setting: str = "community-mental-health", wording: str = "uk") -> SettingProfile:
    """A shipped profile, published in the database together with its scale version."""
    scale = shipped_scale(wording)
    profiles = SettingProfile.objects.select_related("version__scale")
    own = {"version__scale__code": scale.scale_code, "version__label": scale.label, "code": setting}
    profile = profiles.filter(**own).first()
    if profile is None:
        scale_version(wording)
        profile = load_profile(definition=shipped_profile(setting, wording))[0]
    read_once(profile.version)
    return read_once(profile)


def read_once(row: ScaleVersion | SettingProfile) -> ScaleVersion | SettingProfile:
    """Its plain values are kept by the process from here on, so that each test counts the same queries."""
    row.to_spec()
    if isinstance(row, ScaleVersion):
        row.item_ids()
    return row


def draft_of(definition: ScaleSpec | None = None, *, label: str = "next", by=None) -> ScaleVersion:
    """A draft copied from IPS-25 as shipped, or holding the definition given."""
    return draft_version(
        definition=replace(definition or shipped_scale(), label=label), by=by or scale_administrator()
    )


def profile_draft_of(
    setting: str = "primary-care", *, code: str = "prison-leavers", by=None
) -> SettingProfile:
    """A draft profile of the shipped version, copied from one of its profiles."""
    return draft_profile(
        definition=replace(shipped_profile(setting), code=code),
        version=scale_version(),
        by=by or scale_administrator(),
    )
