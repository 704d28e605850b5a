"""Puts what is thin about the evidence into words, and names the sources that a visit usually has."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.evidence.warnings import EvidenceWarning, Lookout

# The evidence codes of the 2008 form, as they stand in "No note yet from: …".
CODES = {
    "MIS": gettext_lazy("service data"),
    "DOC": gettext_lazy("documents"),
    "INT": gettext_lazy("interviews"),
    "OBS": gettext_lazy("observation"),
    "ISP": gettext_lazy("individual service plans"),
}

# Whom a visit usually speaks to, then what it sees, then what it reads.
USUAL_SOURCES = (
    gettext_lazy("executive director"),
    gettext_lazy("clinical leader"),
    gettext_lazy("employment team leader"),
    gettext_lazy("employment specialist 1"),
    gettext_lazy("employment specialist 2"),
    gettext_lazy("client 1"),
    gettext_lazy("client 2"),
    gettext_lazy("family member"),
    gettext_lazy("clinician of the treatment team"),
    gettext_lazy("benefits counselor"),
    gettext_lazy("public employment agency"),
    gettext_lazy("employment team meeting"),
    gettext_lazy("treatment team meeting"),
    gettext_lazy("employment specialist with an employer"),
    gettext_lazy("record 1"),
    gettext_lazy("caseload list"),
    gettext_lazy("job start list"),
    gettext_lazy("employer contact logs"),
    gettext_lazy("intake and assessment forms"),
    gettext_lazy("leaflets and posters"),
    gettext_lazy("supervision notes"),
)


def put_in_words(warning: EvidenceWarning) -> str:
    if warning.kind is Lookout.NO_NOTES:
        return _("No notes on this item yet.")
    if warning.kind is Lookout.SINGLE_SOURCE:
        return _("All notes on this item come from one source.")
    names = ", ".join(str(CODES[code]) for code in warning.codes)
    return _("No note yet from: %(sources)s.") % {"sources": names}


def suggested_sources(review) -> list[str]:
    """Whom or what a new note may come from: named at this visit first, then what is usual; two queries."""
    noted = review.evidence_notes.standing().values_list("who_or_what", flat=True)
    planned = review.agenda.values_list("title", flat=True)
    return list(dict.fromkeys([*noted, *planned, *map(str, USUAL_SOURCES)]))
