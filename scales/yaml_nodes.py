"""Rows of a YAML definition file, read key by key with their line numbers.

Whatever is wrong is noted and reading goes on, so that an editor sees every problem at once. Nothing is ever
constructed from the file but text, whole numbers, decimals and true/false.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

import yaml

from scales.sentences import Sentence
from scales.sentences import sentence as _

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)

DEEPEST = 20
MOST_NODES = 20_000
MOST_CHARACTERS = 10_000
WHOLE = re.compile(r"0|[1-9][0-9]{0,3}")
DECIMAL = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?")
TRUTH = re.compile(r"true|false")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,49}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
# Besides what cannot be stored: the two marks that turn the order of letters round without anyone seeing why.
UNPRINTABLE = re.compile("[\u202d\u202e\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

NO_TAGS = _("tags (!) are not used here")
COMMON_SLIPS = {
    "found character '\\t' that cannot start any token": _("lines are indented with spaces, not with tabs"),
    "mapping values are not allowed here": _(
        "a text with a colon and a space in it needs quotes round it, or the line is indented too far"
    ),
    "could not find expected ':'": _("a key needs a colon after it"),
    "expected <block end>, but found '-'": _(
        "this row of a list is indented otherwise than the one before it"
    ),
    "expected <block end>, but found '<block mapping start>'": _(
        "this line is indented otherwise than those above it"
    ),
    "but found another document": _("a file holds one definition: remove the line ---"),
}

Place = tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file. `path` reads like `sections › staffing › items › caseload-size › anchors › 5`."""

    line: int
    path: str
    reason: str


class DefinitionError(ValueError):
    """A definition file cannot be used. `name`: the file; `problems`: all that was found, in order of lines."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.name = name
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(self._sentence(problem) for problem in self.problems))

    def _sentence(self, problem: Problem) -> str:
        where = f", {problem.path}" if problem.path else ""
        return f"{self.name}, line {problem.line}{where}: {problem.reason}"


class Notebook:
    """The problems found in one file so far, and the line on which each place stands."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._lines: dict[Place, int] = {(): 1}

    def stands(self, place: Place, node: yaml.Node) -> None:
        self._lines.setdefault(place, line_of(node))

    def note(self, place: Place, reason: str, node: yaml.Node | None = None) -> None:
        """Without a node the line is that of the place, or of the nearest place around it."""
        line = line_of(node) if node else self._line_at(place)
        self.problems.append(Problem(line, " › ".join(place), reason))

    def stop_if_any(self) -> None:
        """Raises DefinitionError."""
        if self.problems:
            raise DefinitionError(self.name, self.problems)

    def _line_at(self, place: Place) -> int:
        while place not in self._lines:
            place = place[:-1]
        return self._lines[place]


class Row:
    """One mapping of the file. Each method reads one key and returns a stand-in when it has to note a problem.

    `position` counts the row within its list, from 1.
    """

    def __init__(self, node: yaml.Node, place: Place, notebook: Notebook, position: int = 1) -> None:
        self.place = place
        self.position = position
        self._notebook = notebook
        self._node = node
        self._asked: set[str] = set()
        self._keys: dict[str, yaml.Node] = {}
        self._values = dict(self._pairs())

    def has(self, key: str) -> bool:
        return key in self._values

    def note(self, reason: str, key: str = "") -> None:
        self._notebook.note(self._at(key) if key else self.place, reason, self._values.get(key, self._node))

    def text(self, key: str, *, required: bool = True, most: int = MOST_CHARACTERS) -> str:
        """Words, at most so many characters; "" where an optional key is absent."""
        node = self._value(key, required)
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.note(_("should be text"), key)
        elif not node.value.strip():
            self.note(_("is empty"), key)
        elif node.tag != "tag:yaml.org,2002:str":
            self.note(_("should be text; put quotes round %(written)s", written=_shown(node)), key)
        elif UNPRINTABLE.search(node.value):
            self.note(_("has a character that cannot be shown or stored"), key)
        elif len(node.value) > most:
            self.note(_("is too long: at most %(most)s characters", most=most), key)
        else:
            return str(node.value)
        return ""

    def code(self, key: str, *, most: int = 50) -> str:
        text = self.text(key)
        if text and not (CODE.fullmatch(text) and len(text) <= most):
            self.note(
                _(
                    "should be a code of at most %(most)s letters, digits and hyphens, without spaces",
                    most=most,
                ),
                key,
            )
        return text

    def language(self, key: str) -> str:
        """A language tag, such as `en-GB`."""
        text = self.text(key, most=10)
        if text and not LANGUAGE.fullmatch(text):
            self.note(_("should be a language tag such as en-GB, not %(written)s", written=f"“{text}”"), key)
        return text

    def word(self, key: str, words: type[W], default: W | None = None) -> W:
        """One of the words of an enumeration."""
        if default is not None and not self.has(key):
            self._asked.add(key)
            return default
        text = self.text(key)
        if text in list(words):
            return words(text)
        if text:
            self.note(
                _("“%(written)s” is unknown; it can be %(words)s", written=text, words=", ".join(words)), key
            )
        return default if default is not None else next(iter(words))

    def whole(self, key: str) -> int:
        node = self._value(key, required=True)
        return self._whole(node, self._at(key)) if node else 0

    def decimal(self, key: str) -> Decimal | None:
        """The number exactly as written; None where the key is absent."""
        node = self._value(key, required=False)
        if node is None:
            return None
        if not _is_plain(node, DECIMAL):
            self.note(_("should be a number such as 20 or 2.5, not %(written)s", written=_shown(node)), key)
            return None
        return Decimal(node.value)

    def truth(self, key: str) -> bool:
        """True or false; false where the key is absent."""
        node = self._value(key, required=False)
        if node and not _is_plain(node, TRUTH):
            self.note(_("should be true or false, not %(written)s", written=_shown(node)), key)
        return bool(node and node.value == "true")

    def codes(self, key: str) -> tuple[str, ...]:
        """A list of codes; empty where the key is absent."""
        found: dict[str, None] = {}
        for node in self._listed(key, required=False):
            if not isinstance(node, yaml.ScalarNode) or not CODE.fullmatch(node.value):
                reason = _("should list codes, not %(written)s", written=_shown(node))
                self._notebook.note(self._at(key), reason, node)
            elif node.value in found:
                self._notebook.note(self._at(key), _("lists %(code)s twice", code=node.value), node)
            else:
                found[node.value] = None
        return tuple(found)

    def number_or_range(self, key: str) -> tuple[int, int] | None:
        """`4` as (4, 4), `[0, 1]` as (0, 1); None where the key is absent."""
        node = self._value(key, required=False)
        if node is None:
            return None
        if not isinstance(node, yaml.SequenceNode):
            number = self._whole(node, self._at(key))
            return number, number
        numbers = [self._whole(part, self._at(key)) for part in node.value]
        if len(numbers) != 2 or numbers[0] > numbers[1]:
            self.note(_("should be one number, or the lowest and the highest as in [0, 1]"), key)
            return 0, 0
        return numbers[0], numbers[1]

    def row(self, key: str, read: Callable[["Row"], T]) -> T | None:
        """A mapping under this key; None where the key is absent."""
        node = self._value(key, required=False)
        return _complete(Row(node, self._at(key), self._notebook), read) if node else None

    def rows(
        self, key: str, read: Callable[["Row"], T], *, named: str = "", required: bool = False
    ) -> tuple[T, ...]:
        """A list of mappings. `named`: the key whose value names each row in paths and may occur only once."""
        found, names = [], set()
        for position, node in enumerate(self._listed(key, required), 1):
            name = _name(node, named) or str(position)
            place = (*self._at(key), name)
            if named and name in names:
                reason = _("this %(key)s is already taken by an earlier row", key=named)
                self._notebook.note(place, reason, node)
            names.add(name)
            found.append(_complete(Row(node, place, self._notebook, position), read))
        return tuple(found)

    def finish(self) -> None:
        """Note the keys that nobody asked for."""
        for key, node in self._keys.items():
            if key not in self._asked:
                self._notebook.note(self._at(key), _("this key is unknown here"), node)

    def _pairs(self) -> Iterator[tuple[str, yaml.Node]]:
        self._notebook.stands(self.place, self._node)
        if not isinstance(self._node, yaml.MappingNode):
            self._notebook.note(self.place, _("should be a set of keys and values"), self._node)
            return
        if self._node.tag != "tag:yaml.org,2002:map":
            self._notebook.note(self.place, NO_TAGS, self._node)
        for key, value in self._node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._notebook.note(self.place, _("has a key that is not a word"), key)
            elif key.value in self._keys:
                self._notebook.note(self._at(key.value), _("this key is written twice"), key)
            else:
                self._keys[key.value] = key
                self._notebook.stands(self._at(key.value), value)
                yield key.value, value

    def _at(self, key: str) -> Place:
        return (*self.place, UNPRINTABLE.sub("?", key))

    def _value(self, key: str, required: bool) -> yaml.Node | None:
        self._asked.add(key)
        if required and not self.has(key) and isinstance(self._node, yaml.MappingNode):
            self.note(_("the key “%(key)s” is missing", key=key))
        return self._values.get(key)

    def _listed(self, key: str, required: bool) -> list[yaml.Node]:
        node = self._value(key, required)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.note(_("should be a list"), key)
            return []
        if node.tag != "tag:yaml.org,2002:seq":
            self.note(NO_TAGS, key)
        if required and not node.value:
            self.note(_("is empty"), key)
        return list(node.value)

    def _whole(self, node: yaml.Node, place: Place) -> int:
        if _is_plain(node, WHOLE):
            return int(node.value)
        reason = _("should be a whole number from 0 to 9999, not %(written)s", written=_shown(node))
        self._notebook.note(place, reason, node)
        return 0


def top_row(text: str, notebook: Notebook) -> Row:
    """The mapping that a file consists of. Raises DefinitionError for text that is not such a file."""
    try:
        node = yaml.compose(text, Loader=_Composer)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _unreadable(notebook, mark.line + 1 if mark else 1, _said(error)) from error
    except yaml.reader.ReaderError as error:
        line = len(lines_of(text[: error.position]))
        reason = _("has a character that cannot be shown or stored")
        raise DefinitionError(notebook.name, [Problem(line, "", reason)]) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # The scanner passes on what chr() and int() raise for escapes and versions beyond their range.
        raise _unreadable(notebook, 1, str(error)) from error
    if node is None:
        raise DefinitionError(notebook.name, [Problem(1, "", _("the file is empty"))])
    return Row(node, (), notebook)


def lines_of(text: str) -> list[str]:
    """The lines of a text, as YAML counts them."""
    return LINE_BREAK.split(text)


def _unreadable(notebook: Notebook, line: int, problem: str) -> DefinitionError:
    reason = _("cannot be read as YAML: %(problem)s", problem=problem)
    return DefinitionError(notebook.name, [Problem(line, "", reason)])


def _said(error: yaml.MarkedYAMLError) -> str:
    """What YAML says of itself; in words of ours where people who write such files stumble most."""
    said = str(error.problem or error.context)
    return COMMON_SLIPS.get(said, error.problem if isinstance(error.problem, Sentence) else said)


def line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


class _Composer(yaml.SafeLoader):
    """Composes nodes without aliases (which hide where a text comes from) and without bottomless nesting."""

    depth = nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        mark: Any = self.peek_event().start_mark  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, _("aliases (*) are not used here"), mark)
        if self.depth == DEEPEST:
            raise yaml.composer.ComposerError(None, None, _("nested too deeply"), mark)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise yaml.composer.ComposerError(None, None, _("there is too much in this file"), mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _complete(row: Row, read: Callable[[Row], T]) -> T:
    made = read(row)
    row.finish()
    return made


def _name(node: yaml.Node, key: str) -> str:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if key and name.value == key and isinstance(value, yaml.ScalarNode):
                return UNPRINTABLE.sub("?", value.value)
    return ""


def _is_plain(node: yaml.Node, pattern: re.Pattern[str]) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and bool(pattern.fullmatch(node.value))


def _shown(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        return _("a list") if isinstance(node, yaml.SequenceNode) else _("a set of keys")
    text = UNPRINTABLE.sub("?", node.value)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
