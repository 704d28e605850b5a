"""Two small definition files, a scale and a profile of it, and what tests do with their text."""

import pytest

from scales.yaml_file import DefinitionError

SCALE = """\
scale: tiny
name: Tiny
label: '1'
title: Tiny scale
language: en-GB
source: Nobody
edition: First
permission: Written for this test
minimum: 1
maximum: 2
bands:
  - lowest: 3
    highest: 4
    label: Good
  - lowest: 2
    highest: 2
    label: Fair
evidence_sources:
  - code: DOC
    title: Documents
principles:
  - code: choice
    title: Choice
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
          - code: weekly
            question: Every week?
            implies: [monthly]
          - code: monthly
            question: Every month?
        anchors:
          - points: 2
            at_most: 20
            requires: [weekly]
            descriptor: Up to 20.
          - points: 1
            above: 20.5
            also_when: [monthly]
            descriptor: More.
      - code: parts
        title: Parts
        short_title: Parts
        measures: What is there.
        reading: components
        components:
          - code: a
            text: The first part.
          - code: b
            text: The second part.
        anchors:
          - points: 2
            present: 2
            descriptor: Both.
          - points: 1
            present: [0, 1]
            descriptor: One or none.
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
  - code: talk
    citation: A talk.
notes:
  - kind: caution
    text: Take care.
    source: talk
unrated_reasons:
  - code: too-early
    text: Too early.
    source: talk
adjustments:
  - item: size
    degree: limited
    expected_loss: {lowest: 0, highest: 1, source: talk}
    statements:
      - kind: look-for
        text: Look here.
        source: talk
    thresholds:
      - points: 2
        at_most: 25
        source: talk
    unrated_reasons:
      - code: closed
        text: The clinic is closed.
        source: talk
"""


def problems(read, text, name="tiny.yaml"):
    with pytest.raises(DefinitionError) as caught:
        read(text, name)
    return caught.value


def line_number(text, wanted):
    return next(number for number, line in enumerate(text.splitlines(), 1) if wanted in line)


def swapped(text, old, new):
    """The text with the first `old` replaced; `old` must be there."""
    assert old in text
    return text.replace(old, new, 1)
