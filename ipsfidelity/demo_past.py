"""The demo's past reviews: a file of old score sheets, brought in by the steps that a network lead takes."""

from pathlib import Path

from django.utils import timezone

from accounts.models import User
from reviews.actions.importing import apply_import, start_import
from reviews.importing.columns import find_heads
from reviews.importing.tables import read_lines
from scales.models import ScaleVersion


def bring_in(file: Path, version: ScaleVersion, by: User) -> None:
    """Raises what the actions raise, and `RowsHaveProblems` for a row that nobody could bring in."""
    heads = find_heads(read_lines(file.read_bytes()), version.to_spec())
    past_import = start_import(version=version, file_name=file.name, heads=heads, by=by)
    apply_import(
        past_import=past_import,
        by=by,
        based_on=past_import.revision,
        leave_out=False,
        today=timezone.localdate(),
    )
