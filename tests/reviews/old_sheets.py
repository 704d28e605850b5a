"""Old score sheets for tests: a table of rows, uploaded by someone who may bring in reviews."""

import csv
import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.permissions import Role
from programs.models import Site
from reviews.actions.importing import apply_import, start_import
from reviews.importing.columns import find_heads
from reviews.importing.tables import read_lines
from reviews.models import PastImport
from tests.factories.programs import MembershipFactory
from tests.factories.scales import setting_profile

TODAY = date(2026, 11, 23)


def row(site: Site | str, day: str = "2024-03-14", score: object = 3, **cells) -> dict[str, object]:
    spec = version().to_spec()
    scores = {f"{item.number} {item.short_title}": score for item in spec.items}
    name = site if isinstance(site, str) else site.name
    return {"Site": name, "First day": day, "Type": "Follow-up review", **scores, **cells}


def version():
    return setting_profile().version


def as_csv(*rows: dict[str, object]) -> bytes:
    heads = list(dict.fromkeys(head for one in rows for head in one))
    text = io.StringIO()
    writer = csv.DictWriter(text, heads, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def file_of(*rows: dict[str, object], name: str = "old.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, as_csv(*rows))


def importer(site: Site, role: Role = Role.NETWORK_LEAD):
    return MembershipFactory(program=site.program, role=role.value).user


def uploaded(by, *rows: dict[str, object]) -> PastImport:
    heads = find_heads(read_lines(as_csv(*rows)), version().to_spec())
    return start_import(version=version(), file_name="old.csv", heads=heads, by=by)


def brought_in(past_import: PastImport, *, leave_out: bool = False) -> PastImport:
    return apply_import(
        past_import=past_import,
        by=past_import.by,
        based_on=past_import.revision,
        leave_out=leave_out,
        today=TODAY,
    )
