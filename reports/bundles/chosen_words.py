"""What was chosen for a bundle, in words."""

from django.utils.translation import gettext as _

from reports import words
from reports.models import Bundle


def program_in_words(bundle: Bundle) -> str:
    return bundle.program.name if bundle.program else _("All your programs")


def period_in_words(bundle: Bundle) -> str:
    """Visits from when to when; "all visits" where neither end is set."""
    first, last = bundle.visits_from, bundle.visits_to
    if first and last:
        return _("Visits that began from %(first)s to %(last)s") % {
            "first": words.day(first),
            "last": words.day(last),
        }
    if first:
        return _("Visits that began on %(day)s or later") % {"day": words.day(first)}
    if last:
        return _("Visits that began on %(day)s or earlier") % {"day": words.day(last)}
    return _("Visits of any date")
