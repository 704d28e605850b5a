"""What a list calls each profile: its title, and when it was published where two of a version share one."""

from collections import Counter
from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from scales.models import SettingProfile


def profile_labels(profiles: Iterable[SettingProfile]) -> dict[int, str]:
    """Profile's number to its label; two published on one day are told apart by the time."""
    profiles = list(profiles)
    labels = {profile.pk: profile.title for profile in profiles}
    for shown in ("DATE_FORMAT", "DATETIME_FORMAT"):
        times = Counter((profile.version_id, labels[profile.pk]) for profile in profiles)
        for profile in profiles:
            if profile.published_at and times[profile.version_id, labels[profile.pk]] > 1:
                labels[profile.pk] = _("%(title)s (published %(when)s)") % {
                    "title": profile.title,
                    "when": date_format(timezone.localtime(profile.published_at), shown),
                }
    return labels
