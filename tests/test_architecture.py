"""What holds for the whole repository: which module may import which, and what no file may contain."""

import ast
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.plain_modules import PLAIN_MODULES

PROJECT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "programs", "scales", "reviews", "reports")
PACKAGES = (*APPS, "ipsfidelity")

# Which of our packages the modules of a package may import besides their own.
MAY_IMPORT = {
    "accounts": set(),
    "scales": set(),
    "programs": {"accounts"},
    "reviews": {"accounts", "programs", "scales"},
    "reports": {"accounts", "programs", "scales", "reviews"},
    "ipsfidelity": set(APPS),
}

NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc"}

# Calls that import, or reach a model, by a dotted name in a string.
IMPORTS_BY_NAME = {"import_module", "import_string", "__import__", "get_model"}


# Imports


def source_files() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((PROJECT / package).rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(source: str, module: str, *, is_package: bool = False) -> set[str]:
    """Dotted names that a source imports anywhere in it: at its top, inside functions, relatively, by a string.

    Of `from a import b` both `a` and `a.b`, for `b` may be a module.
    """
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")[: len(module.split(".")) + is_package - node.level]
                base = ".".join([*above, *([node.module] if node.module else [])])
            names |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in IMPORTS_BY_NAME and isinstance(node.args[0].value, str):
                names.add(node.args[0].value)
    return names


@cache
def imports_of_our_modules() -> dict[str, set[str]]:
    """Module name to the names it imports."""
    return {
        module_name(path): imported_names(
            path.read_text(encoding="utf-8"), module_name(path), is_package=path.name == "__init__.py"
        )
        for path in source_files()
    }


def first_part(name: str) -> str:
    return name.partition(".")[0]


def reversed_arrows(imports: dict[str, set[str]]) -> list[str]:
    """Each import of one of our packages by another that may not know it."""
    return sorted(
        f"{module} imports {name}"
        for module, names in imports.items()
        for name in names
        if first_part(name) in PACKAGES
        and first_part(name) != first_part(module)
        and first_part(name) not in MAY_IMPORT[first_part(module)]
    )


def with_our_modules_behind(module: str) -> set[str]:
    """A module and every module of ours that it imports, and that those import in turn."""
    every = imports_of_our_modules()
    found, open_ones = set(), {module}
    while open_ones:
        found |= open_ones
        open_ones = {name for one in open_ones for name in every[one] if name in every} - found
    return found


def test_imports_run_one_way():
    found = reversed_arrows(imports_of_our_modules())

    assert found == [], "\n".join(found)


def test_every_package_of_the_project_is_looked_at():
    packages = {path.parent.name for path in PROJECT.glob("*/__init__.py")} - {"tests"}

    assert packages == set(PACKAGES)
    assert len(imports_of_our_modules()) > 50


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("accounts.models", "import reviews"),
        ("accounts.models", "from programs.models import Program"),
        ("scales.scoring", "def total():\n    from reviews.models import Rating"),
        ("scales.models.version", "from accounts.models import User"),
        ("programs.models", "import scales.spec as plain"),
        ("reviews.actions.issuing", "from reports import pdf"),
        ("reviews.actions.issuing", "from ...reports.pdf import write_pdf"),
        ("reviews.views.draft", "if True:\n    import reports.document"),
        ("reviews.models.review", "model = apps.get_model('reports', 'Edition')"),
        ("accounts.apps", "import_module('reviews.permissions')"),
        ("reports.pdf", "from ipsfidelity import settings"),
    ],
)
def test_a_reversed_import_is_found(module, source):
    found = reversed_arrows({module: imported_names(source, module)})

    assert found
    assert all(line.startswith(f"{module} imports ") for line in found)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("reports.projection", "from reviews.models import Review"),
        ("reviews.models.review", "from programs.models import Site\nfrom scales.models import ScaleVersion"),
        ("programs.models", "from accounts.permissions import Role"),
        ("reviews.views.draft", "from .mixins import ReviewMixin"),
        ("ipsfidelity.urls", "from reviews.views.home import Home"),
        ("scales.models.status", "from django.conf import settings"),
    ],
)
def test_an_import_along_the_arrows_is_not_complained_of(module, source):
    assert reversed_arrows({module: imported_names(source, module)}) == []


@pytest.mark.parametrize("module", PLAIN_MODULES)
def test_plain_module_and_what_it_imports_know_no_django(module):
    imports = imports_of_our_modules()
    packages_above = {"django", "pghistory", "pgtrigger", "rules", "allauth"}

    assert [
        f"{one} imports {name}"
        for one in sorted(with_our_modules_behind(module))
        for name in sorted(imports[one])
        if first_part(name) in packages_above
    ] == []


def test_weasyprint_is_imported_by_the_pdf_module_alone():
    importers = [
        module
        for module, names in imports_of_our_modules().items()
        if any(first_part(name) == "weasyprint" for name in names)
    ]

    assert importers == ["reports.pdf"]


def test_every_module_is_named_after_its_subject():
    places = [*source_files(), *(PROJECT / "tests").rglob("*.py")]
    parts = {part for path in places for part in path.relative_to(PROJECT).with_suffix("").parts}

    assert parts & NAMES_THAT_SAY_NOTHING == set()


# Files


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the repository: what .gitignore names is left out."""
    ignored = [line.strip("/") for line in (PROJECT / ".gitignore").read_text().splitlines() if line]
    found = []
    for folder, folders, names in os.walk(PROJECT):
        folders[:] = [one for one in folders if one != ".git" and not _is_named(one, ignored)]
        found += [Path(folder, name) for name in names if not _is_named(name, ignored)]
    return tuple(sorted(found))


def _is_named(name: str, patterns: Iterable[str]) -> bool:
    return any(Path(name).match(pattern) for pattern in patterns)


def texts(*suffixes: str, under: str = "") -> dict[str, str]:
    """Path from the project's folder to text, of every file with one of the endings; of every text file if none."""
    found = {}
    for path in files():
        if not path.is_relative_to(PROJECT / under) or (suffixes and path.suffix not in suffixes):
            continue
        data = path.read_bytes()
        if b"\0" not in data:
            found[str(path.relative_to(PROJECT))] = data.decode()
    return found


def lines_matching(pattern: str, sources: dict[str, str]) -> list[str]:
    """`file:line: what matched` for every match."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group().strip()}"
        for name, text in sources.items()
        for match in re.finditer(pattern, text, re.IGNORECASE | re.MULTILINE)
    ]


def test_no_file_holds_two_subjects():
    """About 400 lines is the most that one subject takes. Data, generated files and locks are as long as they are."""
    data = ("fixtures/", "requirements")
    long_ones = {
        name: lines
        for name, text in texts().items()
        if not name.startswith(data)
        and "/migrations/" not in name
        and not name.endswith((".yaml", ".svg", ".po"))
        and (lines := len(text.splitlines())) > 400
    }

    assert long_ones == {}, f"split these: {long_ones}"


def test_no_file_names_the_address_of_a_package_registry_or_package_host():
    hosts = (
        r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:org|com)|yarnpkg[.]com|unpkg[.]com|jsdelivr[.]net|cdnjs[.]"
        r"|crates[.]io|proxy[.]golang[.]org|rubygems[.]org|conda[.]anaconda[.]org|deb[.]debian[.]org"
        r"|archive[.]ubuntu[.]com|ghcr[.]io|docker[.]io|quay[.]io|fonts[.]googleapis[.]com"
        r"|playwright[.]azureedge[.]net|cdn[.]playwright[.]dev"
        r"|(?:index-url|extra-index-url|find-links|registry)\s*[=:]\s*['\"]?https?:"
    )

    assert lines_matching(hosts, texts()) == []


# Pages


def test_no_page_carries_script_or_style_of_its_own():
    """The Content-Security-Policy refuses them. The source of the PDF is no page: its style sheet stands in it."""
    pages = texts(".html", ".svg", under="templates")

    assert lines_matching(r"<script(?![^>]*\ssrc=)[^>]*>", pages) == []
    assert lines_matching(r"\son[a-z]+\s*=\s*[\"']", pages) == []
    assert lines_matching(r"\sstyle\s*=", pages) == []
    assert lines_matching(r"javascript:", pages) == []
    assert [
        line
        for line in lines_matching(r"<style\b", pages)
        if not line.partition(":")[0].endswith(("_pdf.html", "on_paper/base.html"))
    ] == []


def test_no_template_trusts_a_value_to_be_markup():
    assert (
        lines_matching(
            r"\|\s*safe(?:seq)?\b|autoescape\s+off", texts(".html", ".svg", ".txt", under="templates")
        )
        == []
    )


def test_no_module_trusts_a_value_to_be_markup():
    trusting = [
        f"{module} imports {name}"
        for module, names in imports_of_our_modules().items()
        for name in names
        if name.endswith(("safestring.mark_safe", "html.mark_safe"))
    ]

    assert trusting == []


# Words

# It is a fidelity review; nobody is examined, and no service loses.
FORBIDDEN = r"\b(?:audit\w*|inspect(?:ion|ions|or|ors|ed|ing)|non-?complian\w+|fail(?:s|ed|ing|ure|ures)?)\b"
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def shown_text(template: str) -> str:
    """What a reader can meet of a template: its text and readable attributes, and strings of its trans tags."""
    text = re.sub(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}|<!--.*?-->", "", template, flags=re.DOTALL)
    text = re.sub(r"\{%\s*trans(?:late)?\s+(\"[^\"]*\"|'[^']*')[^%]*%\}", r"\1", text)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    unread = (
        r"\s(?:class|id|for|name|value|href|src|action|data-[\w-]+|aria-(?:describedby|labelledby|controls))"
    )
    return re.sub(rf"{unread}=(?:\"[^\"]*\"|'[^']*')", "", text)


def words_for_people(source: str) -> str:
    """Every string that a module hands to gettext."""
    return "\n".join(
        argument.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    )


def strings_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from strings_in(one)
    elif isinstance(value, str):
        yield value


def test_templates_speak_of_a_review_and_of_nothing_harsher():
    shown = {
        name: shown_text(text) for name, text in texts(".html", ".svg", ".txt", under="templates").items()
    }

    assert shown
    assert lines_matching(FORBIDDEN, shown) == []


def test_modules_speak_of_a_review_and_of_nothing_harsher():
    shown = {
        str(path.relative_to(PROJECT)): words_for_people(path.read_text(encoding="utf-8"))
        for path in source_files()
    }

    assert sum(map(len, shown.values())) > 5000
    assert lines_matching(FORBIDDEN, shown) == []


def test_shipped_definitions_and_invented_programs_speak_of_a_review_and_of_nothing_harsher():
    shown = {
        name: "\n".join(strings_in(yaml.safe_load(text)))
        for name, text in texts(".yaml", under="fixtures").items()
    }

    assert shown
    assert lines_matching(FORBIDDEN, shown) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>This audit</p>",
        "{% trans 'Inspection of the site' %}",
        "{% blocktrans %}The service failed{% endblocktrans %}",
        '<img alt="non-compliant items">',
    ],
)
def test_a_harsh_word_is_found(template):
    assert lines_matching(FORBIDDEN, {"page.html": shown_text(template)})


def test_a_name_in_the_markup_is_not_taken_for_a_word():
    assert (
        lines_matching(FORBIDDEN, {"page.html": shown_text('<p id="save-failed" class="failed">Kept</p>')})
        == []
    )
