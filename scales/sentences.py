"""Sentences about a definition, made where there is no Django and said in the reader's language where they are shown.

Plain modules write `from scales.sentences import sentence as _`, so that `makemessages` collects what they say;
`scales.sentence_words` puts it into a language.
"""


class Sentence(str):
    """The English sentence itself, which keeps the pattern it was made of and what fills it.

    `values` may hold sentences in turn.
    """

    __slots__ = ("pattern", "values")

    pattern: str
    values: dict[str, object]


def sentence(pattern: str, /, **values: object) -> Sentence:
    """`sentence("the item has %(count)s components", count=3)`; a per cent sign of its own is written `%%`."""
    made = Sentence(pattern % values)
    made.pattern, made.values = pattern, values
    return made
