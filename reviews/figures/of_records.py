"""Figures counted from the worksheets of job starts and of client records."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction

from reviews.figures.counted import (
    Cells,
    Counted,
    CountedRow,
    Note,
    Rows,
    any_cell,
    divided,
    folded,
    number_in,
)
from reviews.worksheets.columns import FIRST_CONTACTS, JOBS, NO, RECORDS, YES
from scales.facts import Facts

# As often as this, one title or employer is worth a look.
_OFTEN = 3
_EXACT_ENOUGH = Context(prec=28)


def different(column: str, often: Note) -> Callable[[Rows], Counted | None]:
    """How many different titles, or employers, there are among all job starts."""

    def counted(rows: Rows) -> Counted | None:
        jobs = rows.get(JOBS, ())
        if not any_cell(jobs, column):
            return None
        labels: dict[str, str] = {}
        times: Counter[str] = Counter()
        for row in jobs:
            if name := folded(row.get(column, "")):
                labels.setdefault(name, " ".join(row[column].split()))
                times[name] += 1
        left_out = len(jobs) - times.total()
        repeated = times.most_common(1)[0][1] >= _OFTEN
        return Counted(
            facts=Facts() if left_out else divided(Decimal(len(times)), Decimal(len(jobs))),
            answers={},
            sheet=JOBS,
            rows=tuple(CountedRow(labels[name], (Decimal(found),)) for name, found in times.most_common()),
            note=Note.SOME_WITHOUT_FIGURES if left_out else often if repeated else None,
            left_out=left_out,
            columns=(column,),
        )

    return counted


def competitive_jobs(rows: Rows) -> Counted | None:
    """Jobs held now, and how many of them are competitive."""
    jobs = rows.get(JOBS, ())
    if not any_cell(jobs, "still_held", "competitive"):
        return None
    held = [row for row in jobs if row.get("still_held") == YES]
    left_out = sum(
        row.get("still_held") not in (YES, NO)
        or (row.get("still_held") == YES and row.get("competitive") not in (YES, NO))
        for row in jobs
    )
    competitive = sum(row.get("competitive") == YES for row in held)
    return Counted(
        # No job held now is a finding of its own, not something that cannot be divided.
        facts=Facts() if left_out else Facts(part=Decimal(competitive), whole=Decimal(len(held))),
        answers={},
        sheet=JOBS,
        rows=tuple(CountedRow(row.get("title", ""), (row.get("competitive"),)) for row in held),
        note=Note.SOME_WITHOUT_FIGURES if left_out else None,
        left_out=left_out,
        columns=("competitive",),
    )


def first_contact(rows: Rows) -> Counted | None:
    """Average days from joining to the first employer contact, over the records that say both."""
    records = rows.get(FIRST_CONTACTS, ())
    days = [_days(row) for row in records]
    known = [one for one in days if one is not None]
    if not known and not any_cell(records, "joined_on", "first_contact_on"):
        return None
    left_out = len(days) - len(known)
    return Counted(
        facts=Facts(value=_average(known)) if known else Facts(),
        answers={},
        sheet=FIRST_CONTACTS,
        rows=tuple(CountedRow(row.get("record", ""), (one,)) for row, one in zip(records, days, strict=True)),
        note=Note.SOME_LEFT_OUT if left_out else None,
        left_out=left_out,
        columns=("days",),
    )


def _days(row: Cells) -> Decimal | None:
    if (days := number_in(row, "days")) is not None:
        return days
    try:
        apart = date.fromisoformat(row["first_contact_on"]) - date.fromisoformat(row["joined_on"])
    except (KeyError, ValueError):
        return None
    return Decimal(apart.days) if apart.days >= 0 else None


def _average(numbers: Sequence[Decimal]) -> Decimal:
    """To 28 digits: a number that is not whole never becomes one."""
    mean = sum((Fraction(one) for one in numbers), Fraction()) / len(numbers)
    return _EXACT_ENOUGH.divide(Decimal(mean.numerator), Decimal(mean.denominator))


def fitting_contacts(rows: Rows) -> Counted | None:
    """Employer contacts that fit the person's wishes, over the records that give both numbers."""
    read = [row for row in rows.get(RECORDS, ()) if any_cell([row], "contacts", "fitting")]
    if not read:
        return None
    values = [(number_in(row, "fitting"), number_in(row, "contacts")) for row in read]
    both = [(part, whole) for part, whole in values if part is not None and whole is not None]
    left_out = len(values) - len(both)
    return Counted(
        facts=divided(sum((part for part, _ in both), Decimal()), sum((all_ for _, all_ in both), Decimal())),
        answers={},
        sheet=RECORDS,
        rows=tuple(CountedRow(row.get("record", ""), value) for row, value in zip(read, values, strict=True)),
        note=Note.SOME_LEFT_OUT if left_out else None,
        left_out=left_out,
        columns=("fitting", "contacts"),
    )


def tally(column: str, records: Sequence[Cells]) -> Counted | None:
    """In how many records it is there, of those in which it could be."""
    said = [(row.get("record", ""), row[column]) for row in records if row.get(column) in (YES, NO)]
    if not said:
        return None
    return Counted(
        facts=Facts(),
        answers={},
        sheet=RECORDS,
        rows=tuple(CountedRow(record, (word,)) for record, word in said),
        left_out=len(records) - len(said),
        tally=(sum(word == YES for _, word in said), len(said)),
        columns=(column,),
    )
