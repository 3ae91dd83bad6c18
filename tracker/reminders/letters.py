"""Words a reminder says: its subject and text in the reader's language, days counted in the authority's zone.

An administrator, told when nobody else can be, reads that a deadline has nobody and nothing of the case.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cases.models import (
    Case,
    Deadline,
    DeadlineKind,
    DeadlineVersion,
    Language,
    ProtectionMark,
    Task,
    VersionStatus,
)
from tracker import channels, dates, wording
from tracker.models import Channel, Reminder
from tracker.reminders.acknowledging import token_of
from tracker.reminders.discretion import flat
from tracker.reminders.sheets import greeting, name_of
from tracker.reminders.telling import ADMINISTRATOR
from tracker.reminders.timetable import calendar_of, zone_named
from tracker.status.nouns import Titles

# Later than this, a word says that it is late; a sweep comes every minute.
LATE: Final = timedelta(minutes=5)
SUBJECT_LENGTH: Final = 300
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Words:
    """What the templates show, already in words."""

    language: str
    greeting: str
    headline: str
    title: str
    case: str  # its reference and title
    reference: str
    notes: tuple[str, ...]
    why: str
    url: str
    answer_url: str = ""  # acknowledges, and asks for no sign-in


def letter_for(reminder: Reminder, *, now: datetime) -> channels.Letter:
    """In the active language. `reminder` comes with its case, deadline, version and person."""
    is_blind = reminder.role == ADMINISTRATOR
    words = _blind_words(reminder) if is_blind else _words(reminder, now)
    subject = words.headline
    if words.title:
        subject = _("%(headline)s: %(title)s") % {"headline": words.headline, "title": words.title}
    return channels.Letter(
        to=reminder.address,
        subject=one_line(f"{subject} [{words.reference}]"),
        text=render_to_string("tracker/mail/reminder.txt", {"words": words}),
        html=render_to_string("tracker/mail/reminder.html", {"words": words}),
        message_id=channels.message_id(reminder.uid),
        thread=channels.message_id(f"case-{reminder.case.uid}"),
    )


def is_discreet(reminder: Reminder) -> bool:
    """Whether it names no title: a mail is read on locked screens and forwarded.

    So it is of a case that only the people named in it know, unless counsel chose otherwise, and of whatever is under
    legal advice.
    """
    case = reminder.case
    if not (case.is_open_to_staff or case.is_named_in_mail):
        return True
    if reminder.is_plain:
        return False
    return Task.objects.filter(deadline=reminder.deadline_id, protection_mark=ProtectionMark.LEGAL_ADVICE).exists()


def one_line(text: str) -> str:
    """A header has no more."""
    return flat(text)[:SUBJECT_LENGTH]


def headline_of(reminder: Reminder, *, now: datetime) -> str:
    """As its message says it, in the active language."""
    version = reminder.version
    return headline(reminder.deadline, missing=tuple(version.missing), provisional=version.provisional, now=now)


def headline(deadline: Deadline, *, missing: tuple[str, ...], provisional: bool, now: datetime) -> str:
    """When it is due and what is left, in the active language."""
    if deadline.due_at is None or deadline.due_on is None:
        return wording.missing_sentence(missing)
    due, left = _due_text(deadline, deadline.due_at), _left(deadline, deadline.due_at, now)
    shape = _("Overdue since %(due)s, %(left)s") if deadline.due_at <= now else _("Due %(due)s, %(left)s")
    if provisional:
        due = _("%(due)s (provisional)") % {"due": due}
    return shape % {"due": due, "left": left}


def _due_text(deadline: Deadline, due_at: datetime) -> str:
    if deadline.is_hourly or deadline.due_on is None:
        zone = zone_named(deadline.zone)
        return f"{dates.moment_text(due_at.astimezone(zone))} ({zone.key})"
    return dates.day_text(deadline.due_on)


def _left(deadline: Deadline, due_at: datetime, now: datetime) -> str:
    if deadline.is_hourly or deadline.due_on is None:
        # Whole hours, late or left: 59 minutes are less than one.
        if due_at <= now < due_at + HOUR:
            return _("less than an hour late")
        return dates.left_within(int((due_at - now) / HOUR), "hour")
    today = now.astimezone(zone_named(deadline.zone)).date()
    days = calendar_of(deadline).working_days_between(today, deadline.due_on)
    if days == 0 and deadline.due_on != today:
        return dates.left_within((deadline.due_on - today).days, "day")
    return dates.left_within(days, "working_day")


def _words(reminder: Reminder, now: datetime) -> Words:
    deadline, case, version = reminder.deadline, reminder.case, reminder.version
    is_discreet_now = is_discreet(reminder)
    whole = _("Case %(reference)s: %(title)s") % {"reference": case.reference, "title": flat(case_title(case))}
    shown = headline(deadline, missing=tuple(version.missing), provisional=version.provisional, now=now)
    return Words(
        language=dates.language_tag(),
        greeting=_greeting(reminder),
        headline=shown,
        title="" if is_discreet_now else flat(title_of(deadline)),
        case=_("Case %(reference)s") % {"reference": case.reference} if is_discreet_now else whole,
        reference=case.reference,
        notes=tuple(_notes(reminder, deadline, version, now)),
        why=_why(reminder),
        url=deadline_url(deadline, case),
        answer_url=answer_url(reminder),
    )


def _greeting(reminder: Reminder) -> str:
    """A room is nobody in particular."""
    if reminder.channel == Channel.ROOM:
        return ""
    return greeting(reminder.person)


def _blind_words(reminder: Reminder) -> Words:
    return Words(
        language=dates.language_tag(),
        greeting=_greeting(reminder),
        headline=_("A deadline has nobody who can be told of it"),
        title="",
        case=_("Case %(reference)s") % {"reference": reminder.case.reference},
        reference=reminder.case.reference,
        notes=(_("No owner, task-force lead or counsel of this case can be reached. Ask a counsel to take it over."),),
        why=_why(reminder),
        url="",
    )


def _holds_if_both(deadline: Deadline, version: DeadlineVersion) -> bool:
    """It is no version's date: both what a fact and what a calendar moves would have to be confirmed."""
    return version.status == VersionStatus.PROPOSED and version.due_at != deadline.due_at


def _provisional(version: DeadlineVersion, *, is_its_date: bool) -> str:
    if version.provisional_why == "calendar_lacks_year":
        return _("The date is provisional: the calendar holds no holiday arrangement of that year.")
    if not version.safe_due_on or not is_its_date:
        return _("The date is provisional: a holiday arrangement is not published yet.")
    safe = {"day": dates.day_text(version.safe_due_on)}
    return _("The date is provisional: a holiday arrangement is not published yet. Work towards %(day)s.") % safe


def _notes(reminder: Reminder, deadline: Deadline, version: DeadlineVersion, now: datetime) -> list[str]:
    notes = []
    if reminder.rung:
        notes.append(_("Nobody told before you has acknowledged this. Please see to it, or acknowledge it."))
    if late := _lateness(reminder, deadline, now):
        notes.append(_("This reminder is late by %(time)s: it was due on %(day)s.") % late)
    if version.provisional:
        notes.append(_provisional(version, is_its_date=not _holds_if_both(deadline, version)))
    if _holds_if_both(deadline, version):
        notes.append(_("This is the earliest date, if both dates that are proposed are confirmed by counsel."))
    elif version.status == VersionStatus.PROPOSED:
        notes.append(_("This date is proposed and waits for counsel to confirm it; until then the earlier date leads."))
    if deadline.caution:
        notes.append(wording.caution_text(deadline.caution, deadline.differs_on, deadline.rule_id))
    if deadline.kind == DeadlineKind.REGULATOR:
        notes.append(_("This is the authority’s own limit: there is nothing to file, only to watch."))
    elif deadline.kind == DeadlineKind.DUTY:
        notes.append(_("The law names no number here: this is our own target for a duty."))
    if deadline.due_at is None:
        notes.append(_("Nobody can know when this falls due until the fact is recorded. Please supply it."))
    return notes


def _lateness(reminder: Reminder, deadline: Deadline, now: datetime) -> dict[str, str] | None:
    """Late is what we noticed late or could not deliver; what was put off for quiet hours, or climbed, is not."""
    noticed_late = not reminder.rung and reminder.made_at - reminder.occasion_at > LATE
    by = now - reminder.occasion_at
    if not (noticed_late or (reminder.tries and by > LATE)):
        return None
    local = reminder.occasion_at.astimezone(zone_named(deadline.zone))
    return {"time": duration_text(by), "day": dates.moment_text(local)}


def duration_text(length: timedelta) -> str:
    """The two largest units: `3 days 14 hours`, `25 minutes`."""
    minutes = int(length.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    gap = "\N{NO-BREAK SPACE}"
    parts = [
        (days, ngettext("day", "days", days)),
        (hours, ngettext("hour", "hours", hours)),
        (minutes, ngettext("minute", "minutes", minutes)),
    ]
    told = [f"{amount}{gap}{unit}" for amount, unit in parts if amount][:2]
    return " ".join(told) or _("less than a minute")


def _why(reminder: Reminder) -> str:
    reasons = {
        "on_call": _("You receive this because you are on call."),
        "owner": _("You receive this as the owner of the deadline."),
        "deputy": _("You receive this as deputy lead of the task force."),
        "lead": _("You receive this as lead of the task force."),
        "lead_counsel": _("You receive this as lead counsel of the case."),
        "general_counsel": _("You receive this as counsel with access to the case: nobody else can be told."),
        "executive": _("You receive this as executive of the case."),
        ADMINISTRATOR: _("You receive this because you run the system; you are not shown the case."),
    }
    if reminder.channel == Channel.ROOM:
        return _("This room is told because counsel named it for the case; whoever is to act is told by name as well.")
    if reminder.instead_of is None:
        return reasons[reminder.role]
    return _("You receive this standing in for %(name)s, who is away.") % {"name": name_of(reminder.instead_of)}


def title_of(deadline: Deadline) -> str:
    return wording.pick(Titles(deadline.title_en, deadline.title_zh)) or deadline.rule_id


def case_title(case: Case) -> str:
    if get_language() == Language.ZH_HANT and case.title_zh_hant:
        return case.title_zh_hant
    return (case.title_zh or case.title_en) if dates.is_chinese() else (case.title_en or case.title_zh)


def answer_url(reminder: Reminder) -> str:
    """Empty where none is asked; in a room anybody could answer in its reader's name."""
    if reminder.acknowledge_within is None or reminder.channel == Channel.ROOM:
        return ""
    return settings.SITE_URL + reverse("acknowledge", kwargs={"token": token_of(reminder)})


def deadline_url(deadline: Deadline, case: Case) -> str:
    """In the active language."""
    return settings.SITE_URL + reverse("deadline", kwargs={"reference": case.reference, "uid": deadline.uid})
