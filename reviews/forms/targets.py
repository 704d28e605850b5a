"""A target score lies above the score that was agreed."""

from django.utils.translation import gettext as _

from scales.spec import ScaleSpec


def trouble_with_target(*, target: int, score: int, spec: ScaleSpec) -> str:
    """What is wrong with a target, and what to choose instead; empty where it can be kept."""
    if target > score:
        return ""
    if score >= spec.maximum:
        return _("The score is at the top already: choose no target.")
    return _("The score is %(score)s already: choose a higher target or none.") % {"score": score}
