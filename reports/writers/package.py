"""The zip file that a Word document or a workbook is: the same parts give the same bytes, whenever they are written."""

import io
import zipfile
from collections.abc import Callable, Mapping

# The first day that a zip file can name.
NO_TIME = (1980, 1, 1, 0, 0, 0)

Change = Callable[[bytes], bytes]


def repacked(data: bytes, changes: Mapping[str, Change] | None = None) -> bytes:
    """The package without the time of writing. `changes`: by name of a part, what is done to it."""
    changes = changes or {}
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = changes.get(name, bytes)(old.read(name))
            new.writestr(zipfile.ZipInfo(name, NO_TIME), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()
