"""Send the weekly letters: to each person once a week, however often and by how many workers this is run."""

import logging
from datetime import date

from django.db import transaction

from reviews.models import Digest
from reviews.reminders.gathering import letter_for, monday_of, to_write_to
from reviews.reminders.letter import write_letter

logger = logging.getLogger(__name__)


class LettersNotSent(Exception):
    """The mail server did not take some of the letters; running this again sends those, and no other twice."""


def send_letters(today: date) -> int:
    """Send what is still to be sent this week; how many letters that were. Raises `LettersNotSent`, after all others.

    The row that says a letter was sent is written first, and stands only if the mail server has taken the letter:
    where it does not, the row goes too and the next run tries again. A worker that is killed between the server's
    taking it and the row's standing leads to one letter more, never to one less.
    """
    week, sent, refused = monday_of(today), 0, 0
    for user in to_write_to(week):
        try:
            sent += send_letter(user, week=week, today=today)
        except OSError:
            # SMTP errors are OSErrors too. The others still get theirs.
            logger.warning("weekly letter not sent: user %s", user.pk, exc_info=True)
            refused += 1
    if refused:
        raise LettersNotSent(refused)
    return sent


@transaction.atomic
def send_letter(user, *, week: date, today: date) -> bool:
    """False where the person has this week's letter already, or nothing waits for them."""
    letter = letter_for(user, today)
    if letter is None:
        return False
    # A second worker waits here for the first: the row is unique.
    _row, is_new = Digest.objects.get_or_create(user=user, week=week, defaults={"goals": letter.goals})
    if is_new:
        write_letter(user, letter).send()
        logger.info("weekly letter sent: user %s week %s", user.pk, week)
    return is_new
