"""Says what the plain modules found in a definition, in the reader's language."""

from django.utils.translation import gettext

from scales.sentences import Sentence


def in_words(text: str) -> str:
    """A `Sentence` in the active language; any other text as it is."""
    if not isinstance(text, Sentence):
        return text
    values = {
        name: in_words(value) if isinstance(value, str) else value for name, value in text.values.items()
    }
    return gettext(text.pattern) % values
