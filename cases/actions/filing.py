"""Filings: what we send to an authority. With its receipt one meets its deadline; without, the deadline runs on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases import legislation
from cases.actions import RuleBroken, expiry, remedy, revising, submission
from cases.actions import deadline as deadlines
from cases.actions.belonging import check_in_case, check_open, check_reason, locked_case
from cases.actions.border import check_border, is_across
from cases.actions.log import save, write_log
from cases.actions.marking import check_date, check_free
from cases.actions.secrecy import LABELS, check_no_mark, check_no_secret
from cases.models import Actor, Authority, Case, Deadline, Evidence, Filing, FilingKind, Outcome, Person


class NotSentYet(RuleBroken):
    code = "not_sent_yet"


class NoReceipt(RuleBroken):
    code = "no_receipt"


class WrongReceipt(RuleBroken):
    code = "wrong_receipt"


class NotOurs(RuleBroken):
    code = "not_ours"


class AlreadyVoided(RuleBroken):
    code = "already_voided"


@dataclass(frozen=True)
class Receipt:
    """What the authority gave back: a file, a number, or both. A day alone is none."""

    evidence: Evidence | None
    number: str
    received_on: date | None

    @property
    def is_there(self) -> bool:
        return self.evidence is not None or bool(self.number.strip())


def counter_closes(deadline: Deadline, authority: Authority) -> datetime | None:
    """When a paper handed over on the last day must be there; None: no day, a clock of hours, hours unknown."""
    if deadline.due_on is None or deadline.is_hourly or authority.office_closes is None:
        return None
    return datetime.combine(deadline.due_on, authority.office_closes, ZoneInfo(authority.zone))


def late_by(filing: Filing) -> timedelta | None:
    """How long after its deadline's last instant it was sent; None: in time, or the deadline has no date.

    Posted in time is in time, whenever it arrives (民事诉讼法 85: days in the post do not count); handed in, it must be
    there before the counter closes. A clock in hours, and a counter, still cover their last instant; 24:00 of a day is
    the first instant of the next.
    """
    deadline = filing.deadline
    if deadline is None or deadline.due_at is None:
        return None
    closes = counter_closes(deadline, filing.authority) if filing.is_handed_in else None
    if closes is not None:
        return filing.sent_at - closes if filing.sent_at > closes else None
    late = filing.sent_at - deadline.due_at
    in_time = late <= timedelta() if deadline.is_hourly else late < timedelta()
    return None if in_time else late


@transaction.atomic
def file(
    *,
    case: Case,
    kind: str,
    authority: Authority,
    sent_at: datetime,
    by: Person,
    at: datetime,
    deadline: Deadline | None = None,
    title_en: str = "",
    title_zh: str = "",
    zone: str = "Asia/Shanghai",
    way: str = "",
    is_handed_in: bool = False,
    document: Evidence | None = None,
    receipt: Evidence | None = None,
    receipt_number: str = "",
    received_on: date | None = None,
    carries_nothing_stored: bool = False,
    contains_state_secret: bool = False,
) -> Filing:
    """Records what was sent. Sent late it meets its deadline late, and the log says by how much.

    `carries_nothing_stored`: the word of `by` that nothing stored in mainland China went with it.
    """
    check_no_secret(contains=contains_state_secret)
    check_open(locked_case(case))
    check_in_case(case, deadline, document, receipt)
    filing = Filing(
        case=case, kind=FilingKind(kind), authority=authority, title_en=title_en, title_zh=title_zh, sent_at=sent_at,
        zone=zone, way=way, is_handed_in=is_handed_in, document=document,
        carries_nothing_stored=carries_nothing_stored, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    pass_border(filing)
    filing.deadline = held_deadline(deadline)
    put_receipt(filing, Receipt(receipt, receipt_number, received_on), at=at)
    return record(filing, by=by, at=at)


def pass_border(filing: Filing) -> None:
    """What it says of itself bears no mark, and what it carries may go to where it goes."""
    check_no_mark({LABELS["title_en"]: filing.title_en, LABELS["title_zh"]: filing.title_zh})
    filing.export_approval = check_border(
        filing.case, filing.authority, sent_at=filing.sent_at, has_document=filing.document is not None,
        carries_nothing_stored=filing.carries_nothing_stored,
    )  # fmt: skip
    filing.carries_nothing_stored = filing.carries_nothing_stored and is_across(filing.authority)


def record(filing: Filing, *, by: Person, at: datetime) -> Filing:
    if filing.sent_at > at:
        raise NotSentYet(_("This is still to come. Record the filing when it was sent."))
    check_free(filing.document, filing.receipt)
    check_date(filing.deadline)
    filing.save(force_insert=True)
    facts = {"kind": filing.kind, "receipt": has_receipt(filing), **meet(filing, by=by, at=at)}
    facts |= {"export_approval": filing.export_approval.uid} if filing.export_approval else {}
    facts |= submission.step(filing, by=by, at=at)
    write_log("file", filing, case=filing.case, by=by, at=at, occurred_at=filing.sent_at, facts=facts)
    return filing


def held_deadline(deadline: Deadline | None) -> Deadline | None:
    """As it now stands, held. One met may be filed on again, a supplement; on one lapsed what was sent is told late."""
    if deadline is None:
        return None
    found = Deadline.objects.select_for_update(of=("self",)).select_related("met_by").get(pk=deadline.pk)
    if found.actor != Actor.PARTY:
        raise NotOurs(_("This is the authority's own limit: no filing of ours meets it."))
    if found.outcome not in (Outcome.RUNNING, Outcome.MET, Outcome.LAPSED):
        raise deadlines.DeadlineEnded(
            _("This deadline has ended: %(how)s.") % {"how": found.get_outcome_display()}, outcome=found.outcome
        )
    return found


def put_receipt(filing: Filing, receipt: Receipt, *, at: datetime) -> None:
    if receipt.evidence is not None and receipt.evidence == filing.document:
        raise WrongReceipt(_("The receipt is the paper the authority gave back, not the document we sent."))
    zone = ZoneInfo(filing.zone)
    sent_on, today = filing.sent_at.astimezone(zone).date(), at.astimezone(zone).date()
    if receipt.received_on and not sent_on <= receipt.received_on <= today:
        raise WrongReceipt(_("The authority receives a filing after it is sent, and not in the future."))
    filing.receipt, filing.receipt_number = receipt.evidence, receipt.number.strip()
    filing.received_on = receipt.received_on


def has_receipt(filing: Filing) -> bool:
    return filing.receipt_id is not None or bool(filing.receipt_number)


def meet(filing: Filing, *, by: Person, at: datetime) -> dict[str, object]:
    """Ends the deadline at the instant of sending if there is a receipt, and says what became of it, for the log."""
    deadline = filing.deadline
    if deadline is None:
        return {}
    said: dict[str, object] = {"deadline": deadline.uid, "due_at": deadline.due_at}
    late = late_by(filing)
    if late is not None:
        said["late_by_seconds"] = int(late.total_seconds())
    if deadline.outcome == Outcome.LAPSED:
        said |= expiry.undo(deadline, by=by, at=at)
    if has_receipt(filing) and deadline.outcome == Outcome.RUNNING:
        deadlines.end(deadline, Outcome.MET, at=filing.sent_at, met_by=filing)
        said["met"] = True
    elif has_receipt(filing) and is_told_without_filing(deadline):
        deadlines.end(deadline, Outcome.MET, at=filing.sent_at, met_by=filing)
        said["joins"] = True
    remedy.settle_by(deadline, by=by, at=at)
    return said


def is_told_without_filing(deadline: Deadline) -> bool:
    """An event said that it was sent, before the filing with its receipt was recorded: the two are one."""
    return deadline.outcome == Outcome.MET and deadline.met_by_id is None and deadline.answered_by_id is not None


@transaction.atomic
def attach_receipt(
    *,
    filing: Filing,
    by: Person,
    at: datetime,
    receipt: Evidence | None = None,
    receipt_number: str = "",
    received_on: date | None = None,
    contains_state_secret: bool = False,
) -> Filing:
    """The receipt came later: the deadline is met as of the sending."""
    check_no_secret(contains=contains_state_secret)
    filing = locked(filing)
    check_in_case(filing.case, receipt)
    check_free(receipt)
    given = Receipt(receipt, receipt_number, received_on)
    if not given.is_there:
        raise NoReceipt(_("Give the receipt: the file, or its number."))
    if has_receipt(filing):
        raise WrongReceipt(_("This filing has its receipt already. Void the filing if it is the wrong one."))
    put_receipt(filing, given, at=at)
    save(filing, "receipt", "receipt_number", "received_on")
    write_log("attach_receipt", filing, case=filing.case, by=by, at=at, facts=meet(filing, by=by, at=at))
    return filing


def locked(filing: Filing) -> Filing:
    """The deadline first, as in `file`."""
    deadline = filing.deadline and Deadline.objects.select_for_update(of=("self",)).get(pk=filing.deadline.pk)
    found = Filing.objects.select_for_update(of=("self",)).select_related("case").get(pk=filing.pk)
    if found.voided_at:
        raise AlreadyVoided(_("This filing was voided."))
    found.deadline = deadline
    return found


@transaction.atomic
def void_filing(*, filing: Filing, reason: str, by: Person, at: datetime) -> Filing:
    """Recorded by mistake. The deadline it met runs again, unless another filing with a receipt meets it."""
    check_reason(reason)
    legislation.hold()
    filing = locked(filing)
    check_open(filing.case)
    filing.voided_at, filing.voided_by, filing.void_reason = at, by, reason
    save(filing, "voided_at", "voided_by", "void_reason")
    facts = {**unmeet(filing, by=by, at=at), "voided_events": submission.undo(filing, reason=reason, by=by, at=at)}
    write_log("void_filing", filing, case=filing.case, by=by, at=at, reason=reason, facts=facts)
    return filing


def unmeet(filing: Filing, *, by: Person, at: datetime) -> dict[str, object]:
    deadline = filing.deadline
    if deadline is None or deadline.met_by_id != filing.pk:
        return {}
    others = deadline.filings.filter(voided_at__isnull=True).filter(Q(receipt__isnull=False) | ~Q(receipt_number=""))
    revising.run_on(deadline, by=by, at=at)
    other = others.order_by("sent_at", "pk").first()
    if other is None:
        return {"deadline": deadline.uid, **left_to_event(deadline, by=by, at=at)}
    other.deadline = deadline
    return {**meet(other, by=by, at=at), "met_by": other.uid}


def left_to_event(deadline: Deadline, *, by: Person, at: datetime) -> dict[str, object]:
    """An event that says it was sent still stands, and is proof enough; else it runs again."""
    told = deadline.answered_by
    if told is not None and told.occurred_on is not None and told.voided_at is None:
        return remedy.use(deadline, told, by=by, at=at)
    remedy.settle_by(deadline, by=by, at=at)
    return {"runs_again": True}
