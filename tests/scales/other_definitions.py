"""Scales that are not the shipped one: the two of fixtures/other-scales, and the outline counted in other points."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.core.management import call_command

from scales.models import SettingProfile
from scales.spec import Anchor, Band, Item, ProfileSpec, Reading, ScaleSpec
from scales.yaml_file import read_profile, read_scale, write_profile, write_scale

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "other-scales"


@dataclass(frozen=True)
class Definition:
    """A scale version with a profile of it. `unrated_code`: a reason that the profile accepts for every item."""

    scale: ScaleSpec
    profile: ProfileSpec

    @property
    def unrated_code(self) -> str:
        return self.profile.unrated_reasons[0].code

    def load(self, folder: Path) -> SettingProfile:
        """Into the database by the command that an administrator types, from files in this folder."""
        files = {"scale.yaml": write_scale(self.scale), "profile.yaml": write_profile(self.profile)}
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        call_command("load_scale", *(folder / name for name in files), verbosity=0)
        return SettingProfile.objects.select_related("version").get(
            version__scale__code=self.scale.scale_code, version__label=self.scale.label
        )


@cache
def of_15() -> Definition:
    return _from_files("ips-15.yaml", "ips-15-community-mental-health.yaml")


@cache
def of_35() -> Definition:
    return _from_files("youth-35-outline.yaml", "youth-35-outline-community-mental-health.yaml")


@cache
def counting(lowest: int, highest: int) -> Definition:
    """The outline of 35 items with points from `lowest` to `highest`, and its bands over what these add up to."""
    outline = of_35()
    code = f"outline-{lowest}-{highest}"
    scale = replace(
        outline.scale,
        scale_code=code,
        scale_name=f"Outline {lowest} to {highest}",
        title=f"Outline, {lowest} to {highest} points",
        minimum=lowest,
        maximum=highest,
        sections=tuple(
            replace(section, items=tuple(_counting(item, lowest, highest) for item in section.items))
            for section in outline.scale.sections
        ),
    )
    middle = (scale.lowest_total + scale.highest_total) // 2
    bands = (
        Band(middle + 1, scale.highest_total, "Mostly there"),
        Band(scale.lowest_total, middle, "Mostly not there"),
    )
    return Definition(replace(scale, bands=bands), replace(outline.profile, scale_code=code))


def _counting(item: Item, lowest: int, highest: int) -> Item:
    """The same item with as many anchors; a percentage is cut into equal shares, the rest is for judgement."""
    points = range(highest, lowest - 1, -1)
    if item.reading is not Reading.PERCENTAGE:
        anchors = tuple(Anchor(one, f"As much as {one} points take.") for one in points)
        return replace(item, reading=Reading.JUDGEMENT, anchors=anchors, components=())
    share = Decimal(100) / len(points)
    bounds = [None, *(round(share * cut, 2) for cut in range(1, len(points))), None]
    anchors = tuple(
        Anchor(
            one,
            f"A share worth {one} points.",
            lower=bounds[one - lowest],
            upper=bounds[one - lowest + 1],
            upper_open=one < highest,
        )
        for one in points
    )
    return replace(item, anchors=anchors)


def _from_files(scale: str, profile: str) -> Definition:
    def text(name: str) -> str:
        return (FOLDER / name).read_text(encoding="utf-8")

    return Definition(read_scale(text(scale), scale), read_profile(text(profile), profile))


# Which scale a test is about, by a name that reads well in its id.
EVERY = {
    "15 items": of_15,
    "35 items": of_35,
    "0 to 3 points": lambda: counting(0, 3),
    "0 to 12 points": lambda: counting(0, 12),
}
