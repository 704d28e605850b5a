"""What a draft still needs before it can be published, and what its editor may want to know.

A draft may be incomplete in every way, so nothing here raises. What a *file* may not be is said in
`scales.checking`; the sentences for an editor are made in `scales.check_words`.
"""

from scales.draft_checks.finding import Finding, FindingKind, Place
from scales.draft_checks.profile import profile_findings
from scales.draft_checks.version import version_findings

__all__ = ["Finding", "FindingKind", "Place", "profile_findings", "version_findings"]
