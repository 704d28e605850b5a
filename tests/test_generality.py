"""No code knows a scale: neither its items by code, nor how many there are, nor what they count up to."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scales.yaml_file import read_scale

PROJECT = Path(__file__).resolve().parent.parent
FILES = sorted((PROJECT / "fixtures").glob("*scales/*.yaml"))
SCALES = [
    read_scale(text, path.name)
    for path in FILES
    if re.search("^maximum:", text := path.read_text(encoding="utf-8"), re.MULTILINE)
]
ITEM_CODES = {item.code for scale in SCALES for item in scale.items}
BAND_LABELS = {band.label for scale in SCALES for band in scale.bands}
NAMES = {scale.scale_code for scale in SCALES} | {scale.label for scale in SCALES}
HIGHEST_TOTALS = {scale.highest_total for scale in SCALES if scale.highest_total > 100}

# Invented data speak of the shipped scale: they are not code that a review runs through.
INVENTED = {"ipsfidelity/demo.py", "ipsfidelity/demo_visits.py", "reports/sample.py"}
# Words of the worksheets that happen to be item codes too.
OF_WORKSHEETS = {
    "competitive-jobs": {"scales/figures.py"},
    "disclosure": {
        "reviews/figures/counting.py",
        "reviews/worksheets/columns.py",
        "reviews/worksheets/words.py",
    },
}
# What a comparison with a number of points would be about.
POINTS = re.compile(r"^(score|points?|minimum|maximum|target|suggested)$")


def modules() -> Iterator[tuple[str, ast.Module]]:
    for package in ("accounts", "programs", "scales", "reviews", "reports", "ipsfidelity"):
        for path in sorted((PROJECT / package).rglob("*.py")):
            name = path.relative_to(PROJECT).as_posix()
            if name not in INVENTED and "/migrations/" not in name:
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def constants(tree: ast.AST, kind: type) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) is kind:
            yield node


def known_words(name: str, tree: ast.Module) -> Iterator[str]:
    """Codes of items and scales, and labels of bands, as whole strings."""
    for node in constants(tree, str):
        known = node.value in ITEM_CODES | NAMES | BAND_LABELS
        if known and name not in OF_WORKSHEETS.get(node.value, ()):
            yield f"{name}:{node.lineno}: {node.value}"


def known_numbers(name: str, tree: ast.Module) -> Iterator[str]:
    """Highest totals; `range(1, 6)`, which is the points from 1 to 5; a score held against a number of points."""
    for node in constants(tree, int):
        if node.value in HIGHEST_TOTALS:
            yield f"{name}:{node.lineno}: {node.value}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node) == "range(1, 6)":
            yield f"{name}:{node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.Compare) and any(map(_is_points, [node.left, *node.comparators])):
            against = [getattr(one, "value", None) for one in [node.left, *node.comparators]]
            if any(type(one) is int and one > 1 for one in against):
                yield f"{name}:{node.lineno}: {ast.unparse(node)}"


def _is_points(node: ast.expr) -> bool:
    return bool(POINTS.match(getattr(node, "attr", getattr(node, "id", ""))))


def test_there_are_scales_to_look_for():
    assert {len(scale.items) for scale in SCALES} == {15, 25, 35}


def test_no_code_names_an_item_a_scale_or_a_band():
    found = [line for name, tree in modules() for line in known_words(name, tree)]

    assert found == []


def test_no_code_counts_on_a_number_of_points():
    found = [line for name, tree in modules() for line in known_numbers(name, tree)]

    assert found == []


@pytest.mark.parametrize("folder", ["templates", "static/js"])
def test_no_page_and_no_script_names_an_item_or_a_scale(folder):
    words = "|".join(sorted(map(re.escape, ITEM_CODES | NAMES), key=len, reverse=True))
    quoted = re.compile(rf"""["']({words})["']""")

    found = [
        f"{path.relative_to(PROJECT)}: {match[1]}"
        for path in sorted((PROJECT / folder).rglob("*.*"))
        if path.suffix in {".html", ".svg", ".js", ".txt"}
        for match in quoted.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'score_of("caseload-size")',
        'if band == "Good fidelity": pass',
        "most = 125",
        "for points in range(1, 6): pass",
        "if rating.score >= 4: pass",
        "if 5 == maximum: pass",
    ],
)
def test_code_that_knows_the_scale_is_found(source):
    tree = ast.parse(source)

    assert [*known_words("reviews/some.py", tree), *known_numbers("reviews/some.py", tree)]


@pytest.mark.parametrize("source", ["if points == 0: pass", "paginate_by = 25", '"a 5 or caseload-size"'])
def test_code_that_does_not_know_it_passes(source):
    tree = ast.parse(source)

    assert not [*known_words("reviews/some.py", tree), *known_numbers("reviews/some.py", tree)]
