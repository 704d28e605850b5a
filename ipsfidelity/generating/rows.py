"""Many rows at once: numbers taken from the table's own sequence, values copied in as they are.

Constraints and triggers hold as ever; only `auto_now` and the like are not asked, so every moment is the caller's.
"""

from collections.abc import Iterator, Sequence

from django.db import connection, models


def numbers(model: type[models.Model], count: int) -> Iterator[int]:
    """Primary keys that nobody else will get."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return iter([number for (number,) in cursor.fetchall()])


def copy_in(rows: Sequence[models.Model]) -> None:
    """Rows of one model, with their primary keys."""
    if not rows:
        return
    fields = rows[0]._meta.concrete_fields
    copy_values(
        rows[0]._meta.db_table,
        [field.column for field in fields],
        (
            [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
            for row in rows
        ),
    )


def add(rows: Sequence[models.Model]) -> None:
    """Rows of one model that nothing refers to before they are there; their primary keys are set."""
    if rows:
        for row, number in zip(rows, numbers(type(rows[0]), len(rows)), strict=True):
            row.pk = number
        copy_in(rows)


def copy_values(table: str, columns: Sequence[str], rows) -> None:
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {connection.ops.quote_name(table)} ({quoted}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
