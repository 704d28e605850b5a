"""The weekly letter in words, with its links."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.reminders.gathering import Letter, SiteLine
from reviews.reminders.stopping import token_of


def write_letter(user, letter: Letter) -> EmailMessage:
    with translation.override(letter.language.lower()):
        subject = ngettext(
            "%(count)d goal of your action plans waits",
            "%(count)d goals of your action plans wait",
            letter.goals,
        ) % {"count": letter.goals}
        stop = _address(reverse("reviews:stop_weekly_letter", args=[token_of(user)]))
        text = "\n\n".join(
            [
                _("Hello %(name)s,") % {"name": user.name},
                _("this is what waits in the action plans of your sites."),
                *(_site(line) for line in letter.lines),
                _("All goals of your sites:") + "\n" + _address(reverse("reviews:actions")),
                _("This letter comes on Mondays when something waits. If you do not want it:") + "\n" + stop,
            ]
        )
    return EmailMessage(
        subject=subject,
        body=text + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[user.email],
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _site(line: SiteLine) -> str:
    said = [
        ngettext("%(count)d goal is overdue", "%(count)d goals are overdue", line.overdue)
        % {"count": line.overdue}
        if line.overdue
        else "",
        ngettext(
            "%(count)d goal is due in the next two weeks",
            "%(count)d goals are due in the next two weeks",
            line.soon,
        )
        % {"count": line.soon}
        if line.soon
        else "",
        ngettext(
            "%(count)d goal has no owner or no day yet",
            "%(count)d goals have no owner or no day yet",
            line.unclear,
        )
        % {"count": line.unclear}
        if line.unclear
        else "",
    ]
    site = " ".join(line.site.split())
    page = _address(reverse("reviews:action_plan", args=[line.review]))
    return "\n".join([site, *(f"- {one}" for one in said if one), page])


def _address(path: str) -> str:
    return settings.SITE_ADDRESS.rstrip("/") + path
