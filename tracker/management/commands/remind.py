"""`manage.py remind` sweeps once, now. With --at it rehearses: prints what would go to whom and why, sends nothing."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker import reminders
from tracker.reminders import Rehearsed


class Command(BaseCommand):
    help = "Sends the reminders that are due now. With --at: shows what a sweep at that time would send, sends nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at", metavar="TIME", help="rehearse: 2026-10-08T09:00+08:00; without an offset the time is UTC"
        )

    def handle(self, *_args: Any, at: str | None, **_options: Any) -> None:
        if at is not None:
            self._rehearse(_moment(at))
            return
        swept = reminders.sweep(now=timezone.now())
        counts = {"sent": swept.sent, "failed": swept.failed, "dropped": swept.dropped}
        self.stdout.write(_("Sent %(sent)d, failed %(failed)d, dropped %(dropped)d.") % counts)
        if swept.is_transport_away:
            raise CommandError(_("The mail server gives no answer. What waits is sent when it is back."))

    def _rehearse(self, at: datetime) -> None:
        """With all that is said until then; of a time that is over, what one sweep would say."""
        now = timezone.now()
        try:
            found = reminders.rehearse(now=at, since=now if now < at else None)
        except reminders.TooFar as error:
            raise CommandError(_("Too much would be said until then. Name an earlier time.")) from error
        before, then = [each for each in found if each.at < at], [each for each in found if each.at == at]
        if before:
            self.stdout.write(_("Until then, if nobody acknowledges anything:"))
            for each in before:
                self.stdout.write(f"{each.at.isoformat()}\t{_line(each)}")
            self.stdout.write(_("At that time:"))
        for each in then:
            self.stdout.write(_line(each))
        self.stdout.write(_summary(sum(not each.obsolete for each in then), at))


def _summary(count: int, at: datetime) -> str:
    told = ngettext(
        "%(count)d reminder would go at %(at)s. Nothing was sent.",
        "%(count)d reminders would go at %(at)s. Nothing was sent.",
        count,
    )
    return told % {"count": count, "at": at.isoformat()}


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError as error:
        raise CommandError(_("%(text)s is no time: %(error)s.") % {"text": text, "error": error}) from error
    if found is None:
        raise CommandError(_("%(text)s is no time. Write it like 2026-10-08T09:00+08:00.") % {"text": text})
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _line(each: Rehearsed) -> str:
    reminder = each.reminder
    why = each.obsolete or f"{reminder.role}, {reminder.occasion}"
    return f"{each.letter.to}\t{each.letter.subject}\t{why}"
