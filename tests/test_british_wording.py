"""The interface is written in US English; where British wording differs the en_GB catalog has it."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

APPS = ("accounts", "programs", "scales", "reviews", "reports", "ipsfidelity")
CATALOG = Path(settings.BASE_DIR, "ipsfidelity", "locale", "en_GB", "LC_MESSAGES", "django.po")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
TRANS = re.compile(r"""\{% trans(?:late)? (['"])(.+?)\1""")
BLOCKTRANS = re.compile(r"\{% blocktrans(?:late)?\b[^%]*%\}(.+?)\{% endblocktrans(?:late)? %\}", re.S)
PLURAL = re.compile(r"\{% plural %\}")
AMERICAN = re.compile(r"program(?!me)|organiz|treatment team|counselor|public employment agency", re.I)


def strings_in_python():
    for app in APPS:
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT:
                    yield from (
                        arg.value
                        for arg in node.args
                        if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                    )


def strings_in_templates():
    for path in Path(settings.BASE_DIR, "templates").rglob("*.*"):
        text = path.read_text()
        yield from (match.group(2) for match in TRANS.finditer(text))
        for match in BLOCKTRANS.finditer(text):
            for form in PLURAL.split(match.group(1)):
                yield re.sub(r"\{\{ *(\w+) *\}\}", r"%(\1)s", form)


def test_every_american_word_of_the_interface_has_its_british_one():
    entries = polib.pofile(str(CATALOG))
    catalog = {entry.msgid for entry in entries} | {entry.msgid_plural for entry in entries}
    found = {text for text in (*strings_in_python(), *strings_in_templates()) if AMERICAN.search(text)}
    assert len(found) > 10
    assert found - catalog == set()


def test_the_compiled_catalog_is_that_of_its_source():
    source = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOG))}
    compiled = {entry.msgid: entry.msgstr for entry in polib.mofile(str(CATALOG.with_suffix(".mo")))}
    assert compiled == source


def test_the_catalog_holds_no_string_that_is_the_same_in_both():
    same = [entry.msgid for entry in polib.pofile(str(CATALOG)) if entry.msgid == entry.msgstr]
    assert same == []


@pytest.mark.parametrize(("language", "word"), [("en-gb", "programme manager"), ("en-us", "program manager")])
def test_the_wording_follows_the_language(language, word):
    with translation.override(language):
        assert translation.gettext("program manager") == word
