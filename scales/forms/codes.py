"""Codes made from what people write, so that nobody needs to think of one."""

from collections.abc import Collection

from django.utils.text import slugify


def code_from(text: str, *, taken: Collection[str], instead: str, longest: int = 40) -> str:
    """A free code in the words of a text: "Prison leavers" gives `prison-leavers`, a second one `prison-leavers-2`.

    `instead`: what the code is where the text has no Latin letter or digit.
    """
    words = slugify(text).replace("_", "-")
    if len(words) > longest:
        words = words[: longest + 1].rpartition("-")[0] or words[:longest]
    words = words.strip("-") or instead
    code, number = words, 1
    while code in taken:
        number += 1
        code = f"{words}-{number}"
    return code
