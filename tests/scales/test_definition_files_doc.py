"""`docs/definition-files.md` names every key that is read and the limits that hold; its examples can be loaded."""

import re
from pathlib import Path

import pytest
import yaml

from scales.checking import check_profile
from scales.figures import Answer, Figure
from scales.figures_file import read_figures
from scales.spec import Degree, Reading, StatementKind
from scales.yaml_file import DefinitionError, FileKind, kind_of, read_profile, read_scale
from scales.yaml_nodes import Row

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "definition-files.md").read_text(encoding="utf-8")
EXAMPLES = dict(
    zip(("scale", "profile", "figures"), re.findall(r"```yaml\n(.*?)```", PAGE, re.S), strict=True)
)
READ = {"scale": read_scale, "profile": read_profile, "figures": read_figures}

Path_ = tuple[str, ...]


def keys_in(node: yaml.Node, above: Path_ = ()):
    """Path of lists and keys to each key, with the key's own node; rows of a list share their path."""
    if isinstance(node, yaml.SequenceNode):
        for row in node.value:
            yield from keys_in(row, above)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = (*above, key.value)
            yield path, key
            yield from keys_in(value, path)


def first_mentions(text: str) -> dict[Path_, int]:
    """Path to the line, from 0, on which the key stands first."""
    found: dict[Path_, int] = {}
    for path, key in keys_in(yaml.compose(text, Loader=yaml.SafeLoader)):
        found.setdefault(path, key.start_mark.line)
    return found


def comment_of(text: str, line: int) -> str:
    """What is said of a key: behind it, or in the comment lines right above it."""
    lines = text.splitlines()
    behind = lines[line].partition(" #")[2].strip()
    above = []
    while line and lines[line - 1].strip().startswith("#"):
        line -= 1
        above.insert(0, lines[line].strip(" #"))
    return " ".join([*above, behind]).strip()


COMMENTS = {
    (name, path): comment_of(text, line)
    for name, text in EXAMPLES.items()
    for path, line in first_mentions(text).items()
}


def changed(name: str, path: Path_, value: str) -> str:
    """The example with another value at the first place of a path."""
    data = yaml.safe_load(EXAMPLES[name])
    rows = [data]
    for key in path[:-1]:
        found = [row[key] for row in rows if key in row]
        rows = [one for row in found for one in (row if isinstance(row, list) else [row])]
    next(row for row in rows if path[-1] in row)[path[-1]] = value
    return yaml.safe_dump(data, sort_keys=False)


def reasons(name: str, text: str) -> list[str]:
    try:
        READ[name](text, name)
    except DefinitionError as error:
        return [problem.reason for problem in error.problems]
    return []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_names_every_key_that_is_read_and_no_other(monkeypatch, name):
    asked: set[Path_] = set()
    value = Row._value

    def noting(row, key, required):
        # Names of rows are left out of the path: what remains are keys of the file.
        asked.add((*row.place, key))
        return value(row, key, required)

    monkeypatch.setattr(Row, "_value", noting)
    READ[name](EXAMPLES[name], name)
    lists = {path for path, _ in keys_in(yaml.compose(EXAMPLES[name], Loader=yaml.SafeLoader))}
    plain = {without_row_names(path, lists) for path in asked}

    assert plain == set(first_mentions(EXAMPLES[name]))


def without_row_names(path: Path_, known: set[Path_]) -> Path_:
    """`sections › staffing › items › size › code` as `sections › items › code`."""
    kept: Path_ = ()
    for step in path[:-1]:
        if (*kept, step) in known:
            kept = (*kept, step)
    return (*kept, path[-1])


@pytest.mark.parametrize(
    ("name", "path"), COMMENTS, ids=lambda part: part if isinstance(part, str) else ".".join(part)
)
def test_every_key_is_explained_where_it_stands_first(name, path):
    assert len(COMMENTS[name, path]) > 3, f"say what {path} means"


def test_the_examples_are_definitions_that_fit_each_other():
    scale = read_scale(EXAMPLES["scale"], "scale")
    profile = read_profile(EXAMPLES["profile"], "profile")
    figures = read_figures(EXAMPLES["figures"], "figures")

    assert check_profile(profile, scale) == []
    assert {row.item for row in figures.items} <= set(scale.items_by_code)
    assert [kind_of(text) for text in EXAMPLES.values()] == [
        FileKind.VERSION,
        FileKind.PROFILE,
        FileKind.FIGURES,
    ]


LIMITS = [
    (name, path, int(most))
    for (name, path), comment in COMMENTS.items()
    for most in re.findall(r"at most (\d+) characters", comment)
]


@pytest.mark.parametrize(("name", "path", "most"), LIMITS, ids=lambda part: str(part))
def test_a_limit_that_is_named_holds(name, path, most):
    def about_length(length: int) -> list[str]:
        said = reasons(name, changed(name, path, "x" * length))
        return [one for one in said if f"at most {most}" in one]

    assert about_length(most + 1)
    assert not about_length(most)


def test_the_general_limits_hold():
    assert "at most 50\n  characters" in PAGE
    assert reasons("scale", changed("scale", ("label",), "x" * 51))
    assert not reasons("scale", changed("scale", ("label",), "x" * 50))
    assert "at most 10,000 characters" in PAGE
    assert reasons("scale", changed("scale", ("source",), "x" * 10_001))
    assert not reasons("scale", changed("scale", ("source",), "x" * 10_000))


def test_a_key_is_optional_where_the_page_says_so():
    wrong = []
    for (name, path), comment in COMMENTS.items():
        data = yaml.safe_load(EXAMPLES[name])
        is_needed = needs(name, data, path)
        if is_needed == comment.lower().startswith("optional"):
            wrong.append((name, path))

    assert wrong == []


def needs(name: str, data, path: Path_) -> bool:
    """Whether the reader misses the key when it is taken from every row."""
    rows = [data]
    for key in path[:-1]:
        found = [row[key] for row in rows if key in row]
        rows = [one for row in found for one in (row if isinstance(row, list) else [row])]
    for row in rows:
        row.pop(path[-1], None)
    return any(
        f"“{path[-1]}” is missing" in reason
        for reason in reasons(name, yaml.safe_dump(data, sort_keys=False))
    )


@pytest.mark.parametrize(
    ("name", "path", "words"),
    [
        ("scale", ("sections", "items", "reading"), Reading),
        ("profile", ("adjustments", "degree"), Degree),
        ("profile", ("adjustments", "statements", "kind"), StatementKind),
        ("profile", ("notes", "kind"), StatementKind),
        ("figures", ("items", "figure"), Figure),
        ("figures", ("items", "answers", "answer"), Answer),
    ],
)
def test_every_word_that_a_key_may_hold_is_listed(name, path, words):
    said = COMMENTS[name, path]

    assert [word for word in words if not re.search(rf"\b{word}\b", said)] == []


def test_the_sample_of_a_problem_is_one_that_is_given():
    text = EXAMPLES["scale"].replace("at_least: 31", "at_least: 31\n            at_most: 30")

    with pytest.raises(DefinitionError) as caught:
        read_scale(text, "x")

    assert [problem.reason for problem in caught.value.problems] == ["the lower bound is above the upper one"]
    assert caught.value.problems[0].reason in PAGE
