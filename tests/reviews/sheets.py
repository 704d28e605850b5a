"""Worksheets in tests: rows that are there, and a worksheet's page as a browser would fill it in."""

from html.parser import HTMLParser

from reviews.models import WorksheetRow
from tests.reviews.situations import lead_of

SPECIALISTS = (
    {"name": "AK", "fte": "1", "caseload": "20"},
    {"name": "BD", "fte": "0.6", "caseload": "12"},
    {"name": "CE", "fte": "0.5", "caseload": "9"},
)


def keep(review, sheet: str, *rows: dict, by=None) -> list[WorksheetRow]:
    """Rows of a worksheet as they were saved once."""
    return [
        WorksheetRow.objects.create(
            review=review,
            sheet=sheet,
            place=place * 10_000,
            cells=cells,
            revision=1,
            updated_by=by or lead_of(review),
        )
        for place, cells in enumerate(rows, 1)
    ]


def cells(review, sheet: str) -> list[dict]:
    return [row.cells for row in review.worksheet_rows.filter(sheet=sheet)]


def jobs(number: int, titles: int, **held) -> list[dict]:
    """A list of job starts with so many different titles, each with an employer of its own."""
    return [
        {"title": f"Job {min(one, titles - 1)}", "employer": f"Employer {one}", **held}
        for one in range(number)
    ]


def sheet_url(review, sheet: str, page: str = "") -> str:
    return f"/reviews/{review.pk}/facts/{sheet}/{page}"


class _Fields(HTMLParser):
    """What the form `worksheet` would send, wherever its fields stand."""

    def __init__(self):
        super().__init__()
        self.fields: dict[str, object] = {"rows": []}
        self.select = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "option" and self.select and "selected" in attrs:
            self.fields[self.select] = attrs["value"]
        if attrs.get("form") != "worksheet" or not (name := attrs.get("name")):
            return
        value = attrs.get("value", "")
        if tag == "select":
            self.select, self.fields[name] = name, ""
        elif tag == "input" and name == "rows":
            self.fields["rows"].append(value)
        elif tag == "input" and attrs.get("type") == "checkbox":
            if "checked" in attrs:
                self.fields.setdefault(name, []).append(value or "on")
        elif tag == "input":
            self.fields[name] = value


def fields_of(response) -> dict[str, object]:
    reader = _Fields()
    reader.feed(response.content.decode())
    return reader.fields


def one_row(fields: dict[str, object], key: str) -> dict[str, object]:
    """What a row sends on its own, as it is typed."""
    own = {name: value for name, value in fields.items() if name.startswith(f"{key}-")}
    return own | {"rows": [key]}


def keys(fields: dict[str, object], kind: str = "new") -> list[str]:
    return [key for key in fields["rows"] if key.startswith(f"{kind}-")]


def row_of(fields: dict[str, object], column: str, value: str) -> str:
    """The key of the row that has this value in a column."""
    return next(key for key in fields["rows"] if fields[f"{key}-{column}"] == value)
