from django import template

from reviews.evidence import words as evidence_words
from reviews.evidence.warnings import EvidenceWarning

register = template.Library()


@register.filter
def evidence_warning_words(warning: EvidenceWarning) -> str:
    return evidence_words.put_in_words(warning)
