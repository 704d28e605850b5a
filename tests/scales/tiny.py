"""A small scale and a profile of it that between them fill every table of definitions, and SQL on those tables."""

import dataclasses

import pytest
from django.db import IntegrityError, connection, transaction

from scales.actions.loading import load_profile, load_version
from scales.models import Scale, ScaleVersion, SettingProfile
from scales.spec import ProfileSpec, ScaleSpec
from scales.to_rows import write_profile, write_version
from scales.yaml_file import read_profile, read_scale

# A small scale and a profile of it that between them fill every table of definitions.
SCALE = """\
scale: tiny
name: Tiny
label: '1'
title: Tiny scale
language: en-GB
source: Invented
edition: First
permission: Written for this test
minimum: 1
maximum: 2
bands:
  - {lowest: 3, highest: 4, label: Good}
  - {lowest: 2, highest: 2, label: Fair}
evidence_sources:
  - {code: DOC, title: Documents}
principles:
  - {code: choice, title: Choice}
sections:
  - code: staff
    title: Staff
    items:
      - code: size
        title: Size
        short_title: Size
        measures: How big it is.
        reading: ratio
        unit: x
        evidence: [DOC]
        principles: [choice]
        conditions:
          - {code: weekly, question: 'Every week?'}
        anchors:
          - {points: 2, at_most: 20, requires: [weekly], descriptor: Up to 20.}
          - {points: 1, above: 20.5, descriptor: More.}
      - code: parts
        title: Parts
        short_title: Parts
        measures: What is there.
        reading: components
        components:
          - {code: a, text: The first part.}
          - {code: b, text: The second part.}
        anchors:
          - {points: 2, present: 2, descriptor: Both.}
          - {points: 1, present: [0, 1], descriptor: One or none.}
"""

PROFILE = """\
profile: clinic
scale: tiny
label: '1'
setting: clinic
title: Clinic
in_words: a clinic
summary: What a clinic does.
sources:
  - {code: talk, citation: A talk.}
notes:
  - {kind: caution, text: Take care., source: talk}
unrated_reasons:
  - {code: too-early, text: Too early., source: talk}
adjustments:
  - item: size
    degree: limited
    expected_loss: {lowest: 0, highest: 1, source: talk}
    statements:
      - {kind: look-for, text: Look here., source: talk}
    thresholds:
      - {points: 2, at_most: 25, source: talk}
    unrated_reasons:
      - {code: closed, text: The clinic is closed., source: talk}
"""

# Every table whose rows are part of a version or a profile: a column of words, and the column of the row above.
CHILDREN = {
    "scales_section": ("title", "version_id"),
    "scales_item": ("measures", "version_id"),
    "scales_anchor": ("descriptor", "item_id"),
    "scales_component": ("text", "item_id"),
    "scales_condition": ("question", "item_id"),
    "scales_band": ("label", "version_id"),
    "scales_evidencesource": ("title", "version_id"),
    "scales_principle": ("title", "version_id"),
    "scales_profilesource": ("citation", "profile_id"),
    "scales_adjustment": ("loss_source", "profile_id"),
    "scales_statement": ("text", "profile_id"),
    "scales_unratedreason": ("text", "profile_id"),
    "scales_reanchoredthreshold": ("source", "adjustment_id"),
}


def tiny_scale(label: str = "1") -> ScaleSpec:
    return dataclasses.replace(read_scale(SCALE, "tiny.yaml"), label=label)


def tiny_profile(label: str = "1") -> ProfileSpec:
    return dataclasses.replace(read_profile(PROFILE, "clinic.yaml"), scale_label=label)


def draft(label: str = "draft") -> SettingProfile:
    """A draft profile of a draft version, both filled."""
    definition = tiny_scale(label)
    scale, _ = Scale.objects.get_or_create(code="tiny", defaults={"name": "Tiny"})
    own = ("label", "title", "language", "source", "edition", "permission", "minimum", "maximum")
    version = ScaleVersion.objects.create(scale=scale, **{name: getattr(definition, name) for name in own})
    write_version(version, definition)
    own = ("code", "setting", "title", "in_words", "summary")
    profile = SettingProfile.objects.create(
        version=version, **{name: getattr(tiny_profile(label), name) for name in own}
    )
    write_profile(profile, tiny_profile(label))
    return profile


def published() -> SettingProfile:
    """A published profile of a published version."""
    load_version(definition=tiny_scale())
    return load_profile(definition=tiny_profile())[0]


def run(statement: str, *values) -> None:
    """SQL as a hand would write it, in a savepoint of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def one(statement: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


def refused():
    """The database's own word, not a constraint that happens to be in the way."""
    return pytest.raises(IntegrityError, match="stays as it is")


def first_of(table: str, where: str = "true") -> int:
    return one(f"SELECT min(id) FROM {table} WHERE {where}")
