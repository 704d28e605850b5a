"""Loads the demo of `fixtures/demo/`: invented programs, people and reviews, put in by the product's own actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from unittest.mock import patch

import pghistory
import yaml
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Role
from ipsfidelity.demo_outcomes import add_outcomes
from ipsfidelity.demo_past import bring_in
from ipsfidelity.demo_plans import read_back, write_plan
from ipsfidelity.demo_visits import add_notes, fill_worksheets, record_influences, tick_agenda
from programs.models import Membership, Organization, Program, Setting, Site
from reports.editions import compose_edition
from reviews.actions.consensus import agree, open_draft
from reviews.actions.drafting import Draft, NextStep, save_draft
from reviews.actions.facts import save_facts
from reviews.actions.funding_thresholds import Typed as Threshold
from reviews.actions.funding_thresholds import set_threshold
from reviews.actions.issuing import issue_review
from reviews.actions.moderating import decide_on_draft, send_to_moderator
from reviews.actions.planning import Place, Plan, plan_review
from reviews.actions.rating import TYPED, save_rating, submit_ratings
from reviews.finishing.state import state_of
from reviews.models import Review, TimetablePolicy
from scales.models import Scale, ScaleVersion, SettingProfile

FOLDER = settings.BASE_DIR / "fixtures" / "demo"
SCALE, WORDING = "ips-25", "2008-uk"
TIMETABLE = "England"

# One password for every demo account, printed by `manage.py load_demo`; public, so never on a real service.
DEMO_PASSWORD = "demo-fidelity-2026"
NOT_ASKED = "the team went through the draft with the service in a meeting."


class ScalesNotLoaded(Exception):
    """The scale version or a setting profile that the demo reviews use is not in the database."""


@dataclass(frozen=True)
class Account:
    """One row of the table of accounts."""

    email: str
    name: str
    shown_as: str


def accounts() -> list[Account]:
    """Every demo account, in the order of the file."""
    people = _read("demo")["people"]
    return [Account(email_of(key), person["name"], person["shown_as"]) for key, person in people.items()]


def organizations() -> set[str]:
    """Names of the demo's organizations."""
    return set(_read("demo")["organizations"].values())


def email_of(person: str) -> str:
    return f"{person}@example.org"


@transaction.atomic
def load_demo() -> bool:
    """Load the whole demo or nothing of it; False where it is here already, and then nothing changes.

    Raises `ScalesNotLoaded`.
    """
    demo = _read("demo")
    if Organization.objects.filter(name__in=demo["organizations"].values()).exists():
        return False
    organizations = {
        key: Organization.objects.create(name=name) for key, name in demo["organizations"].items()
    }
    programs, sites = _add_programs(demo["programs"], organizations)
    people = _add_people(demo["people"], programs)
    employers = {key: organizations[person["employer"]] for key, person in demo["people"].items()}
    _bring_in_past_reviews(demo["past_reviews"], people)
    for name in demo["reviews"]:
        DemoReview(_read(f"reviews/{name}"), sites, people, employers).load()
    _add_thresholds(demo["programs"], programs, people)
    add_outcomes(_read("outcomes"), programs, sites, people, moment)
    return True


def _read(name: str) -> dict:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def _add_programs(
    described: dict, organizations: dict[str, Organization]
) -> tuple[dict[str, Program], dict[str, Site]]:
    programs, sites = {}, {}
    for key, one in described.items():
        programs[key] = Program.objects.create(
            organization=organizations[one["organization"]], name=one["name"]
        )
        for site in one["sites"]:
            name = site["setting"].replace("-", " ").capitalize()
            setting, _ = Setting.objects.get_or_create(code=site["setting"], defaults={"name": name})
            sites[site["name"]] = Site.objects.create(
                program=programs[key],
                name=site["name"],
                setting=setting,
                place=site["place"],
                region=site["region"],
            )
    return programs, sites


def _add_people(described: dict, programs: dict[str, Program]) -> dict[str, User]:
    """One hash for all: hashing is slow on purpose, and the password is the same."""
    people, password = {}, make_password(DEMO_PASSWORD)
    for key, one in described.items():
        flags = {name: value for name, value in one.items() if name.startswith("is_")}
        people[key] = User.objects.create(email=email_of(key), name=one["name"], password=password, **flags)
        for program, role in one.get("memberships", {}).items():
            Membership.objects.create(program=programs[program], user=people[key], role=Role(role).value)
    return people


def _add_thresholds(described: dict, programs: dict[str, Program], people: dict[str, User]) -> None:
    for key, program in programs.items():
        for one in described[key].get("thresholds", ()):
            typed = Threshold(points=one["points"], source=one["source"], valid_from=one["valid_from"])
            with moment(one["at"]):
                set_threshold(
                    program=program, scale=Scale.objects.get(code=SCALE), typed=typed, by=people[one["by"]]
                )


def _bring_in_past_reviews(described: dict, people: dict[str, User]) -> None:
    version = ScaleVersion.objects.published().filter(scale__code=SCALE, label=WORDING).first()
    if version is None:
        raise ScalesNotLoaded
    with moment(described["at"]):
        bring_in(FOLDER / described["file"], version, people[described["by"]])


class DemoReview:
    """One file of `fixtures/demo/reviews/`, taken through its life as far as the file goes."""

    def __init__(self, data: dict, sites: dict, people: dict[str, User], employers: dict[str, Organization]):
        self.data, self.sites, self.people, self.employers = data, sites, people, employers

    def load(self) -> None:
        with self._step("planned") as by:
            self.pk = plan_review(site=self.sites[self.data["site"]], plan=self._plan(), by=by).pk
        if "found" in self.data:
            with self._step("found") as by:
                self._find(self.data["found"], by)
        for person, at in self.data.get("rated", {}).items():
            with moment(at), pghistory.context(user=self.people[person].pk):
                self._rate(person)
        if "agreed" in self.data:
            with self._step("agreed") as by:
                self._agree(by)
        if "drafted" in self.data:
            with self._step("drafted") as by:
                review = self._review()
                save_draft(review=review, draft=self._draft(), by=by, based_on=review.revision)
        if "read_back" in self.data:
            with self._step("read_back"):
                read_back(self._review(), self.data["read_back"], self.people)
        if "issued" in self.data:
            with self._step("issued") as by:
                self._approve(by)
                issue_review(
                    review=self._review(), by=by, compose=compose_edition, not_asked_because=NOT_ASKED
                )

        if "plan" in self.data:
            write_plan(self._review(), self.data["plan"], self.people, moment)

    def _approve(self, lead: User) -> None:
        """Where the team has a moderator, the draft goes by them."""
        review = self._review()
        moderator = next((one.user for one in review.team if one.role == Role.MODERATOR), None)
        if moderator is not None:
            send_to_moderator(review=review, by=lead)
            decide_on_draft(
                review=review, approve=True, note="", item_notes={}, state=state_of(review), by=moderator
            )

    @contextmanager
    def _step(self, name: str) -> Iterator[User]:
        """The person who takes a step, at the moment of it."""
        person = self.people[self.data[name]["by"]]
        with moment(self.data[name]["at"]), pghistory.context(user=person.pk):
            yield person

    def _review(self) -> Review:
        """The review as it stands now; its team and stage change from step to step."""
        return Review.objects.with_details().get(pk=self.pk)

    def _plan(self) -> Plan:
        site, (starts_on, ends_on) = self.sites[self.data["site"]], self.data["visit"]
        profile = (
            SettingProfile.objects.published()
            .select_related("version__scale")
            .filter(code=site.setting.code, version__scale__code=SCALE, version__label=WORDING)
            .first()
        )
        if profile is None:
            raise ScalesNotLoaded
        return Plan(
            kind=self.data["kind"],
            mode=self.data["mode"],
            starts_on=starts_on,
            ends_on=ends_on,
            version=profile.version,
            profile=profile,
            team=tuple(self._place(row) for row in self.data["team"]),
            timetable=TimetablePolicy.objects.filter(name=TIMETABLE).first(),
        )

    def _place(self, row: dict) -> Place:
        return Place(
            user=self.people[row["person"]],
            role=Role(row["role"]),
            employer=self.employers[row["person"]],
            worked_with_site=row.get("worked_with_site", False),
        )

    def _find(self, found: dict, by: User) -> None:
        """What the team wrote down before and at the visit."""
        fill_worksheets(self._review(), found.get("worksheets", {}), by)
        add_notes(self._review(), found.get("notes", []), self.people, by)
        record_influences(self._review(), found, self.people, by)
        if found.get("visited"):
            tick_agenda(self._review(), by)

    def _rate(self, person: str) -> None:
        """Save one reviewer's own set, after the team's facts, and submit it where the file says so."""
        review, by = self._review(), self.people[person]
        is_lead = self.data["team"][0]["person"] == person
        for code, item in self.data["items"].items():
            if is_lead and "facts" in item:
                save_facts(review=review, item_code=code, entries=item["facts"], based_on=0, by=by)
            if values := own_values(item, person, is_lead=is_lead):
                save_rating(review=review, item_code=code, values=values, based_on=0, by=by)
        if person in self.data.get("submitted", ()):
            submit_ratings(review=review, by=by)

    def _agree(self, by: User) -> None:
        review = self._review()
        for code, item in self.data["items"].items():
            agree(
                review=review, item_code=code, values=typed(item) | {"reason": item.get("reason", "")}, by=by
            )
        open_draft(review=review, by=by)

    def _draft(self) -> Draft:
        page = self.data["report"]
        return Draft(
            summary=page["summary"],
            interviews=page["interviews"],
            observations=page["observations"],
            records=page["records"],
            strengths={code: one["says"] for one in page["strengths"] for code in one["items"]},
            next_steps=tuple(
                NextStep(one["item"], one["action"], one["target"]) for one in page["next_steps"]
            ),
            not_seen=page.get("not_seen", ""),
        )


def own_values(item: dict, person: str, *, is_lead: bool) -> dict:
    """What one reviewer typed for an item: the fields of a rating, empty where that reviewer has not begun on it.

    Where the file has an agreed rating, the lead typed its words; another reviewer gave its score in words of
    their own. What stands under the person's name goes before both.
    """
    own = item.get(person, {})
    if isinstance(own, str):
        own = {"rationale": own}
    agreed = typed(item)
    if not is_lead:
        agreed = {name: agreed[name] for name in ("score",) if name in agreed}
    return agreed | own


def typed(item: dict) -> dict:
    return {name: item[name] for name in TYPED if name in item}


@contextmanager
def moment(at: str) -> Iterator[None]:
    """Let the actions take place at a past moment: they, and Django's `auto_now`, ask `timezone.now` for the time.

    The alternative, rewriting rows afterwards, would go round the actions; the database refuses it besides, as a
    timeline is append-only and an edition is written once. Nothing but this loader may move time.
    """
    with patch.object(timezone, "now", return_value=timezone.make_aware(datetime.fromisoformat(at))):
        yield
