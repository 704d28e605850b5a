"""What the rows of an uploaded file become, as things stand now: sites, profiles, totals, and what keeps a row out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from accounts.permissions import Permission
from programs.models import Site
from reviews.actions.results import figures
from reviews.importing.columns import Field, plain
from reviews.importing.reading import Found, Problem, ReadRow, is_ambiguous, is_day_first, read_row, repeated
from reviews.importing.tables import Line
from reviews.importing.words import choices_in_cells
from reviews.models import PastImport, Result
from reviews.permissions import rated_sites
from scales.models import SettingProfile


@dataclass(frozen=True)
class Answers:
    """What a person said where the file does not. `sites`: key of a name in the file to a site's number."""

    day_first: bool | None = None
    kind: str = ""
    sites: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, past_import: PastImport) -> "Answers":
        kept = past_import.answers
        return cls(kept.get("day_first"), kept.get("kind", ""), kept.get("sites", {}))

    def as_json(self) -> dict[str, object]:
        return {"day_first": self.day_first, "kind": self.kind, "sites": dict(self.sites)}


@dataclass(frozen=True)
class PreviewRow:
    """`site`, `profile`: None where there is a problem with them. `problems`: column code to what is wrong."""

    read: ReadRow
    site: Site | None
    profile: SettingProfile | None
    problems: Mapping[str, Found]

    @property
    def is_good(self) -> bool:
        return not self.problems

    @cached_property
    def figures(self) -> dict[str, object]:
        """What its scores come to, by the names of the fields of a result; of a good row."""
        spec = self.profile.version.to_spec()
        return figures(spec, self.profile.to_spec(), self.read.scores)


@dataclass(frozen=True)
class SiteQuestion:
    """A name in the file that is not the name of one site. `lines`: how many rows have it."""

    key: str
    written: str
    program: str
    lines: int


@dataclass(frozen=True)
class Preview:
    """`asks_dates`: days in the file can be read in two ways. `asks_kind`: some row does not say what it was."""

    rows: tuple[PreviewRow, ...]
    sites: tuple[Site, ...]
    questions: tuple[SiteQuestion, ...]
    day_first: bool
    asks_dates: bool
    asks_kind: bool

    @property
    def good(self) -> list[PreviewRow]:
        return [row for row in self.rows if row.is_good]

    @property
    def bad(self) -> list[PreviewRow]:
        return [row for row in self.rows if not row.is_good]


def preview_of(past_import: PastImport, user, *, today: date, usual_day_first: bool = True) -> Preview:
    """In a fixed number of queries. `usual_day_first`: of the reader, where neither file nor answer shows it."""
    version, answers, mapping = past_import.version, Answers.of(past_import), past_import.mapping
    spec, words = version.to_spec(), choices_in_cells()
    lines = [Line(number, tuple(cells)) for number, cells in past_import.lines]
    days = _cells(lines, mapping, (Field.STARTS, Field.ENDS))
    shown = is_day_first(days)
    chosen = usual_day_first if answers.day_first is None else answers.day_first
    day_first = chosen if shown is None else shown
    read = [
        read_row(line, mapping, spec, words, day_first=day_first, today=today, usual_kind=answers.kind)
        for line in lines
    ]
    sites = sites_to_import_to(user)
    matched = _Sites(sites, answers.sites, rated_sites(user))
    profiles = _Profiles(version)
    rows = [_matched(row, matched, profiles) for row in read]
    return Preview(
        rows=tuple(_held_against_each_other(rows, version)),
        sites=sites,
        questions=tuple(matched.questions.values()),
        day_first=day_first,
        asks_dates=is_ambiguous(days),
        asks_kind=any(not row.text(Field.KIND) for row in read),
    )


def sites_to_import_to(user) -> tuple[Site, ...]:
    found = Site.objects.where_holding(user, Permission.IMPORT_REVIEWS)
    named = found.select_related("program", "setting")
    return tuple(named.only("name", "program__name", "setting__code"))


def key_of_site(row: ReadRow) -> str:
    return f"{plain(row.text(Field.SITE))}/{plain(row.text(Field.PROGRAM))}"


class _Sites:
    """Finds the site of a row among those that the person may import to; no other site is ever looked at."""

    def __init__(self, sites: Iterable[Site], answered: Mapping[str, int], rated: set[int]):
        self.by_number = {site.pk: site for site in sites}
        self.by_name = defaultdict(list)
        for site in self.by_number.values():
            self.by_name[plain(site.name)].append(site)
        self.answered, self.rated = answered, rated
        self.questions: dict[str, SiteQuestion] = {}

    def find(self, row: ReadRow) -> Site | Problem | None:
        """None where the row names no site."""
        name, program = row.text(Field.SITE), plain(row.text(Field.PROGRAM))
        if not plain(name):
            return Problem.NO_SUCH_SITE if name else None
        key = key_of_site(row)
        site = self.by_number.get(self.answered.get(key))
        found = [site] if site else self.by_name.get(plain(name), [])
        if len(found) > 1 and program:
            found = [one for one in found if plain(one.program.name) == program]
        elif not site and len(found) == 1 and program and plain(found[0].program.name) != program:
            found = []
        if (not site and len(found) != 1) or key in self.answered:
            self._ask(key, name, row.text(Field.PROGRAM))
        if len(found) != 1:
            return Problem.TWO_SITES if found else Problem.NO_SUCH_SITE
        return Problem.RATING_NOW if found[0].pk in self.rated else found[0]

    def _ask(self, key: str, written: str, program: str) -> None:
        asked = self.questions.get(key)
        lines = asked.lines + 1 if asked else 1
        self.questions[key] = SiteQuestion(key, written, program, lines)


class _Profiles:
    def __init__(self, version):
        published = version.profiles.published().order_by("published_at", "pk")
        found = list(published.select_related("version__scale"))
        self.by_setting = {profile.setting: profile for profile in found}
        self.by_name = {
            plain(name): profile
            for profile in found
            for name in (profile.in_words, profile.setting, profile.title, profile.code)
        }

    def find(self, row: ReadRow, site: Site) -> SettingProfile | Problem:
        written = plain(row.text(Field.PROFILE))
        if written:
            return self.by_name.get(written, Problem.NO_SUCH_PROFILE)
        return self.by_setting.get(site.setting.code, Problem.NO_PROFILE)


def _matched(row: ReadRow, sites: _Sites, profiles: _Profiles) -> PreviewRow:
    found, problems = sites.find(row), dict(row.problems)
    if found is Problem.RATING_NOW:
        # Nothing of the row is shown: its scores would colour the person's own ratings.
        blank = ReadRow(line=row.line, texts={Field.SITE.value: row.text(Field.SITE)})
        return PreviewRow(blank, None, None, {Field.SITE.value: Found(found)})
    if not isinstance(found, Site):
        if sites.rated:
            # It may be meant for one of those sites, and what the scores come to would colour the person's ratings.
            problems.pop(Field.TOTAL.value, None)
        if found is not None:
            problems[Field.SITE.value] = Found(found)
        return PreviewRow(row, None, None, problems)
    profile = profiles.find(row, found)
    if not isinstance(profile, SettingProfile):
        problems[Field.PROFILE.value] = Found(profile)
        return PreviewRow(row, found, None, problems)
    return PreviewRow(row, found, profile, problems)


def _held_against_each_other(rows: list[PreviewRow], version) -> Iterable[PreviewRow]:
    keys = [(row.site.pk, row.read.starts_on) if row.site and row.read.starts_on else None for row in rows]
    twice = repeated([row.read for row in rows], keys)
    there = set(
        Result.objects.standing()
        .filter(
            site__in={key[0] for key in keys if key},
            starts_on__in={key[1] for key in keys if key},
            version__scale=version.scale_id,
        )
        .values_list("site", "starts_on")
    )
    for row, key in zip(rows, keys, strict=True):
        more = {}
        if row.read.line in twice:
            more[Field.STARTS.value] = Found(Problem.TWICE, str(twice[row.read.line]))
        if key in there:
            more[Field.STARTS.value] = Found(Problem.THERE_ALREADY)
        yield replace(row, problems={**row.problems, **more}) if more else row


def _cells(lines: Iterable[Line], mapping: list[str], fields: Iterable[Field]) -> list[str]:
    places = [place for place, code in enumerate(mapping) if code in {field.value for field in fields}]
    return [line.cells[place] for line in lines for place in places if place < len(line.cells)]
