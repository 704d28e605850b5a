"""The shipped definitions, loaded once per test that asks; and small invented ones."""

from functools import lru_cache

from django.conf import settings

from scales.actions.loading import load_figures, load_profile, load_version
from scales.figures_file import ScaleFigures, read_figures
from scales.models import ScaleVersion, SettingProfile
from scales.spec import ProfileSpec, ScaleSpec
from scales.yaml_file import read_profile, read_scale

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
    version = load_version(definition=shipped_scale(wording))[0]
    load_figures(definition=shipped_figures())
    return version


def setting_profile(setting: str = "community-mental-health", wording: str = "uk") -> SettingProfile:
    """A shipped profile, published in the database together with its scale version."""
    scale_version(wording)
    return load_profile(definition=shipped_profile(setting, wording))[0]
