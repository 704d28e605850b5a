"""Writes scale versions and setting profiles as YAML that people can read, compare and edit."""

import re
from decimal import Decimal
from typing import Any

import yaml

from scales.spec import Adjustment, Anchor, Item, ProfileSpec, ScaleSpec, Statement

Data = dict[str, Any]

WIDTH = 110
OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")


def write_scale(scale: ScaleSpec) -> str:
    """The file of a scale version; keys whose value is empty are left out."""
    return _dump(
        {
            "scale": scale.scale_code,
            "name": scale.scale_name,
            "label": scale.label,
            "title": scale.title,
            "language": scale.language,
            "source": scale.source,
            "edition": scale.edition,
            "permission": scale.permission,
            "minimum": scale.minimum,
            "maximum": scale.maximum,
            "bands": [_filled(vars(band)) for band in scale.bands],
            "evidence_sources": [_filled(vars(source)) for source in scale.evidence_sources],
            "principles": [_filled(vars(principle)) for principle in scale.principles],
            "sections": [
                {
                    "code": section.code,
                    "title": section.title,
                    "items": [_item_data(item) for item in section.items],
                }
                for section in scale.sections
            ],
        }
    )


def write_profile(profile: ProfileSpec) -> str:
    """The file of a setting profile; keys whose value is empty are left out."""
    return _dump(
        {
            "profile": profile.code,
            "scale": profile.scale_code,
            "label": profile.scale_label,
            "setting": profile.setting,
            "title": profile.title,
            "in_words": profile.in_words,
            "summary": profile.summary,
            "sources": [_filled(vars(source)) for source in profile.sources],
            "notes": [_statement_data(note) for note in profile.notes],
            "unrated_reasons": [_filled(vars(reason)) for reason in profile.unrated_reasons],
            "adjustments": [_adjustment_data(adjustment) for adjustment in profile.adjustments],
        }
    )


def _item_data(item: Item) -> Data:
    return _filled(
        {
            "code": item.code,
            "title": item.title,
            "short_title": item.short_title,
            "measures": item.measures,
            "intent": item.intent,
            "reading": item.reading.value,
            "unit": item.unit,
            "part_label": item.part_label,
            "whole_label": item.whole_label,
            "per_specialist": item.per_specialist,
            "few_seekers": item.few_seekers and _Inline(vars(item.few_seekers)),
            "evidence": _InlineList(item.evidence),
            "principles": _InlineList(item.principles),
            "note": item.note,
            "components": [_filled(vars(component)) for component in item.components],
            "conditions": [
                _filled({**vars(condition), "implies": _InlineList(condition.implies)})
                for condition in item.conditions
            ],
            "anchors": [_anchor_data(anchor) for anchor in item.anchors],
        }
    )


def _anchor_data(anchor: Anchor) -> Data:
    counts = _InlineList([anchor.count_lowest, anchor.count_highest])
    return _filled(
        {
            "points": anchor.points,
            "above" if anchor.lower_open else "at_least": anchor.lower,
            "below" if anchor.upper_open else "at_most": anchor.upper,
            "present": counts[0] if counts[0] == counts[1] else counts,
            "requires": _InlineList(anchor.requires),
            "also_when": _InlineList(anchor.also_when),
            "descriptor": anchor.descriptor,
        }
    )


def _adjustment_data(adjustment: Adjustment) -> Data:
    loss = adjustment.expected_loss
    return _filled(
        {
            "item": adjustment.item,
            "degree": adjustment.degree.value,
            "expected_loss": loss and _Inline(vars(loss)),
            "statements": [_statement_data(statement) for statement in adjustment.statements],
            "thresholds": [
                _filled(
                    {
                        "points": threshold.points,
                        "at_least": threshold.lower,
                        "at_most": threshold.upper,
                        "source": threshold.source,
                    }
                )
                for threshold in adjustment.thresholds
            ],
            "unrated_reasons": [_filled(vars(reason)) for reason in adjustment.unrated_reasons],
        }
    )


def _statement_data(statement: Statement) -> Data:
    return {"kind": statement.kind.value, "text": statement.text, "source": statement.source}


def _filled(data: Data) -> Data:
    """Without the keys whose value is absent or empty; a zero is a value."""
    return {key: value for key, value in data.items() if value not in ("", [], {}) and not _is_absent(value)}


def _is_absent(value: object) -> bool:
    return value is None or value is False


class _Inline(dict[str, Any]):
    """Written on one line, as in `{lowest: 2, highest: 3}`."""


class _InlineList(list[Any]):
    """Written on one line, as in `[MIS, DOC]`."""


class _Dumper(yaml.SafeDumper):
    """Indents the rows of a list under its key and never writes an alias."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_decimal(dumper: yaml.SafeDumper, number: Decimal) -> yaml.ScalarNode:
    """`20` for 20.0000, `2.5` for 2.50."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Other line breaks than `\\n` are written as escapes: as they are, reading would fold them."""
    style = '"' if OTHER_BREAKS.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(Decimal, _represent_decimal)
_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(
    _Inline, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)
)
_Dumper.add_representer(
    _InlineList,
    lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True),
)


def _dump(data: Data) -> str:
    return yaml.dump(
        _filled(data),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=WIDTH,
        default_flow_style=False,
    )
