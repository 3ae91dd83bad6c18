"""Status mails: where one case stands, or all that a person may know of, from the same figures as the pages."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker import channels, dates, wording
from tracker.models import Reminder, Rhythm, Subscription
from tracker.reminders.digests import figures, line_of, mark_of, when
from tracker.reminders.discretion import discretion
from tracker.reminders.letters import one_line
from tracker.reminders.sheets import Line, Part, Sheet, absolute, greeting, lateness, letter_of
from tracker.status.clocks import day_of
from tracker.status.executive import CaseStatus, case_status
from tracker.status.nouns import CaseRef, CaseRow
from tracker.status.portfolio import portfolio
from tracker.templatetags.casebook import RAG_WORDS

MOST: Final = 8
LIGHTS: Final = {"red": "■", "amber": "▲", "green": "●", "grey": "○"}


def letter_for(reminder: Reminder, subscription: Subscription, *, now: datetime) -> channels.Letter:
    """In the active language."""
    sheet = of_case(reminder, now=now) if subscription.case_id else of_all(reminder, now=now)
    return letter_of(
        sheet, reminder, subject=one_line(f"Casebook: {sheet.headline}"), thread=f"status-{subscription.uid}"
    )


def of_case(reminder: Reminder, *, now: datetime) -> Sheet:
    found = case_status(reminder.case, reminder.person, now=now)
    kept = discretion([found.row.case])
    is_named = found.row.case.uid in kept.named
    light = RAG_WORDS[found.row.rag.tone]
    told = {"reference": found.row.case.reference, "light": light}
    words = tuple(wording.sentence_text(each) for each in found.bottom_line) if is_named else ()
    return Sheet(
        language=dates.language_tag(),
        greeting=greeting(reminder.person),
        headline=_("Case %(reference)s: %(light)s") % told,
        notes=(*lateness(reminder, now=now), *words),
        # The bottom line has said it where it could be told whole.
        parts=(Part(_("Where it stands"), () if words else tuple(Line(t) for t in figures(found.row))), _dates(found)),
        url=absolute(reverse("case_status", args=[found.row.case.reference])),
        url_label=_("The status page"),
        why=_why(reminder),
    )


def _dates(found: CaseStatus) -> Part:
    every = [clock for kind in found.clocks for clock in kind.clocks if clock.is_ours and clock.outcome == "running"]
    hard = sorted((clock for clock in every if clock.is_hard and clock.due_at), key=lambda clock: str(clock.due_at))
    kept = discretion([found.row.case], hard)
    lines = (line_of(clock, kept, mark_of(clock), is_alone=True) for clock in hard[:MOST])
    return Part(_("Dates set by law or order"), tuple(lines))


def of_all(reminder: Reminder, *, now: datetime) -> Sheet:
    found = portfolio(reminder.person, now=now)
    rows = found.page.rows
    kept = discretion([row.case for row in rows])
    day = dates.day_text(day_of(now, reminder.person.zone))
    return Sheet(
        language=dates.language_tag(),
        greeting=greeting(reminder.person),
        headline=_("Where things stand on %(day)s") % {"day": day},
        notes=(*lateness(reminder, now=now), *(() if rows else (_("No case you may know of is open."),))),
        parts=(Part(_("Open cases"), tuple(_rows(rows, kept.case)), is_more=bool(found.page.next)),),
        url=absolute(reverse("status_portfolio")),
        url_label=_("The portfolio"),
        why=_why(reminder),
    )


def _rows(rows: Sequence[CaseRow], name: Callable[[CaseRef], str]) -> Iterator[Line]:
    for row in rows:
        path = reverse("case_status", args=[row.case.reference])
        light = RAG_WORDS[row.rag.tone]
        about = when(row.next_clock) if row.next_clock else _("No date is running.")
        yield Line(f"{light}{_(': ')}{name(row.case)}", about=about, url=absolute(path), mark=LIGHTS[row.rag.tone])


def _why(reminder: Reminder) -> str:
    assert reminder.subscription is not None
    if reminder.subscription.rhythm == Rhythm.HARD_DATES:
        return _("You asked for this before each date set by law or order; change it in your settings.")
    return _("You asked for this; change it in your settings.")
