"""Each morning's digest of one person, which says so when nothing is due, and each week's of whoever leads."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Actor, Case, Deadline, Person
from cases.permissions import visible_to
from tracker import channels, dates, wording
from tracker.models import Reminder, Subject, Subscription
from tracker.reminders.discretion import Discretion, discretion
from tracker.reminders.letters import one_line
from tracker.reminders.sheets import Line, Part, Sheet, absolute, greeting, lateness, letter_of
from tracker.reminders.subscribed import led_by
from tracker.reminders.timetable import zone_named
from tracker.status.board import open_cases
from tracker.status.clocks import by_due, clocks, day_of, running_for
from tracker.status.nouns import CaseRow, Clock
from tracker.status.waiting import Heap, waiting_for

MOST: Final = 20
AHEAD: Final = timedelta(days=7)
OVERDUE_MARK: Final = "■"
TODAY_MARK: Final = "▲"
AHEAD_MARK: Final = "○"
MISSING_MARK: Final = "?"


def letter_for(reminder: Reminder, subscription: Subscription, *, now: datetime) -> channels.Letter:
    """In the active language."""
    make = week if subscription.subject == Subject.WEEK else day
    sheet = make(reminder, now=now)
    return letter_of(
        sheet, reminder, subject=one_line(f"Casebook: {sheet.headline}"), thread=f"digest-{subscription.uid}"
    )


# ---- The day ---------------------------------------------------------------------------------------------------------
def day(reminder: Reminder, *, now: datetime) -> Sheet:
    person = reminder.person
    found = clocks(by_due(running_for(person, now=now)), now=now, most=10 * MOST)
    heap = waiting_for(person, now=now)
    parts = (*_by_time(found, now=now), _waiting(heap))
    return Sheet(
        language=dates.language_tag(),
        greeting=greeting(person),
        headline=_headline(found, heap, person, now=now),
        notes=(*lateness(reminder, now=now), *_next_date(found, now=now)),
        parts=parts,
        url=absolute(reverse("desk")),
        url_label=_("Your Desk"),
        why=_("You receive this each morning; change it in your settings."),
    )


def _headline(found: Sequence[Clock], heap: Heap, person: Person, *, now: datetime) -> str:
    on = dates.day_text(day_of(now, person.zone))
    late = sum(clock.is_overdue for clock in found)
    today = sum(_is_today(clock, now=now) for clock in found)
    if not (late or today or heap.items):
        return _("Nothing is due today, %(day)s") % {"day": on}
    told = [
        ngettext("%(n)s overdue", "%(n)s overdue", late) % {"n": late} if late else "",
        ngettext("%(n)s due today", "%(n)s due today", today) % {"n": today} if today else "",
        ngettext("%(n)s waits for you", "%(n)s wait for you", len(heap.items)) % {"n": len(heap.items)}
        if heap.items
        else "",
    ]
    return _("%(day)s: %(told)s") % {"day": on, "told": _(", ").join(filter(None, told))}


def _is_today(clock: Clock, *, now: datetime) -> bool:
    return not clock.is_overdue and clock.due_on == day_of(now, clock.zone)


def _by_time(found: Sequence[Clock], *, now: datetime) -> tuple[Part, ...]:
    kept = discretion((clock.case for clock in found), found)
    late = [clock for clock in found if clock.is_overdue]
    today = [clock for clock in found if _is_today(clock, now=now)]
    dated = [clock for clock in found if clock.due_at and clock not in late and clock not in today]
    week = [clock for clock in dated if clock.due_at and clock.due_at <= now + AHEAD]
    undated = [clock for clock in found if clock.missing]
    return (
        _part(_("Overdue"), late, kept, OVERDUE_MARK),
        _part(_("Due today"), today, kept, TODAY_MARK),
        _part(_("In the next seven days"), week, kept, AHEAD_MARK),
        _part(_("Cannot be worked out until a fact is supplied"), undated, kept, MISSING_MARK),
    )


def _part(title: str, found: Sequence[Clock], kept: Discretion, mark: str) -> Part:
    lines = tuple(line_of(clock, kept, mark) for clock in found[:MOST])
    return Part(title, lines, is_more=len(found) > MOST)


def line_of(clock: Clock, kept: Discretion, mark: str, *, is_alone: bool = False) -> Line:
    """`is_alone`: under the heading of its case, which need not be named again."""
    path = reverse("deadline", kwargs={"reference": clock.case.reference, "uid": clock.uid})
    title, case = kept.title_of(clock), kept.case(clock.case)
    text = f"{when(clock)}{_(': ')}{title}" if title else when(clock)
    about = "" if is_alone else _("Case %(case)s") % {"case": case}
    return Line(text, about=about, url=absolute(path), mark=mark)


def mark_of(clock: Clock) -> str:
    return OVERDUE_MARK if clock.is_overdue else AHEAD_MARK


def when(clock: Clock) -> str:
    """Its day with what is left, or why there is none."""
    if clock.due_on is None or clock.due_at is None or clock.left is None:
        return wording.missing_sentence(clock.missing)
    day_or_hour = (
        dates.moment_text(clock.due_at.astimezone(zone_named(clock.zone)))
        if clock.is_hourly
        else dates.day_text(clock.due_on)
    )
    told = {"due": day_or_hour, "left": dates.left_within(clock.left.amount, clock.left.unit)}
    shape = _("%(due)s (provisional), %(left)s") if clock.provisional else _("%(due)s, %(left)s")
    return shape % told


def _next_date(found: Sequence[Clock], *, now: datetime) -> tuple[str, ...]:
    hard = next((clock for clock in found if clock.is_hard and clock.due_at and clock.due_at > now), None)
    if hard is None:
        return (_("No date set by law or order lies ahead of you."),)
    return (_("The next date set by law or order: %(when)s.") % {"when": when(hard)},)


def _waiting(heap: Heap) -> Part:
    """Counted by what is to be done and by case: no title is named."""
    counts = Counter((item.code, item.case.reference) for item in heap.items)
    lines = tuple(
        Line(f"{wording.waiting_text(code)} ({n})" if n > 1 else wording.waiting_text(code),
             about=_("Case %(case)s") % {"case": reference})
        for (code, reference), n in counts.items()
    )  # fmt: skip
    return Part(_("Waits for you"), lines[:MOST], is_more=heap.more or len(lines) > MOST)


# ---- The week --------------------------------------------------------------------------------------------------------
def week(reminder: Reminder, *, now: datetime) -> Sheet:
    person = reminder.person
    led = led_by(person, now=now)
    rows = [row for row in open_cases(person, now=now)[0] if row.case.uid in set(led.values_list("uid", flat=True))]
    return Sheet(
        language=dates.language_tag(),
        greeting=greeting(person),
        headline=_("The week from %(day)s: what you lead") % {"day": dates.day_text(day_of(now, person.zone))},
        notes=lateness(reminder, now=now),
        parts=tuple(_week_of(row, person, now=now) for row in rows[:MOST]),
        url=absolute(reverse("desk")),
        url_label=_("Your Desk"),
        why=_("You receive this each week because you lead a case or its task force; change it in your settings."),
    )


def _week_of(row: CaseRow, person: Person, *, now: datetime) -> Part:
    case = Case.objects.get(uid=row.case.uid)
    # Whoever leads reads the team's own dates too.
    running = Deadline.objects.running().filter(case=case, actor=Actor.PARTY, due_at__lte=now + AHEAD)
    found = clocks(by_due(visible_to(running, person, at=now)), now=now, most=MOST + 1)
    kept = discretion([row.case], found)
    lines = [Line(text) for text in figures(row)]
    lines += [line_of(clock, kept, mark_of(clock), is_alone=True) for clock in found[:MOST]]
    return Part(kept.case(row.case), tuple(lines), is_more=len(found) > MOST)


def figures(row: CaseRow) -> Iterable[str]:
    """Of tasks and requirements, and why the light is not green."""
    told = {
        "closed": row.tasks.done,
        "tasks": row.tasks.total,
        "met": row.requirements.done,
        "all": row.requirements.total,
    }
    yield _("Tasks closed: %(closed)s of %(tasks)s; requirements met: %(met)s of %(all)s.") % told
    if reasons := [wording.reason_text(reason) for reason in row.rag.reasons]:
        yield _("Needs attention: %(reasons)s.") % {"reasons": _(", ").join(reasons)}
