"""Lines of the log, without the secrets that addresses carry: whoever reads a log could open what they open."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied

# A shared report's token, that of a link to stop a letter, and the key of a link to choose a password. Addresses in a
# Referer header count too.
SECRETS = re.compile(r"(/shared/|/weekly-letter/|/password/reset/key/)[^\s/?#\"'<>,)]+")
HIDDEN = r"\1…"


class WithoutSecrets(logging.Formatter):
    """Writes a record as another formatter does, tracebacks included, and takes the secrets out of it."""

    def __init__(self, *args, inner: logging.Formatter | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.inner = inner

    def format(self, record: logging.LogRecord) -> str:
        text = self.inner.format(record) if self.inner else super().format(record)
        return SECRETS.sub(HIDDEN, text)


class RefusalsInOneLine(logging.Filter):
    """A page that was refused (403) is nothing broken: its line does without the traceback. Errors keep theirs."""

    def filter(self, record: logging.LogRecord) -> bool:
        kind = record.exc_info[0] if record.exc_info else None
        if kind and issubclass(kind, PermissionDenied):
            record.exc_info = None
        return True


@contextmanager
def quiet_log() -> Iterator[None]:
    """For a command whose own lines would be buried under one for every action or request."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
