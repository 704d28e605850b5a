"""Why a change to a definition is refused."""

from collections.abc import Sequence


class NotAllowed(Exception):
    """The person holds no role that edits definitions."""


class NotADraft(Exception):
    """What is published or retired, or is gone by now, is not edited."""


class ChangedMeanwhile(Exception):
    """Someone saved this part since the page was opened; nothing was overwritten.

    `stored`: the part as it is saved now; `fingerprint`: what to base the next save on.
    """

    def __init__(self, stored: object, fingerprint: str):
        super().__init__(fingerprint)
        self.stored, self.fingerprint = stored, fingerprint


class LabelTaken(ValueError):
    """Another version of the scale has this label, or another profile of the version this code."""


class NameIsKept(ValueError):
    """A scale with published versions keeps its code and name. `name`: the name it keeps."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


class CodeTaken(ValueError):
    """Another row of the same part has this code already. `code`: which."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class NotThere(ValueError):
    """The item, or the version that a profile needs, is not there (any more)."""


class NotReady(Exception):
    """The checks before publishing found what must be mended first. `findings`: what and where."""

    def __init__(self, findings: Sequence):
        super().__init__(len(findings))
        self.findings = tuple(findings)


class AlreadyRetired(Exception):
    """Only what is published can be retired."""
