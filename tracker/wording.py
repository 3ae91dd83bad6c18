"""Words for the codes of `tracker.status`, in the active language. Pages, mail and reports say the same things alike.

An unknown code raises: a page that shows a bare code has forgotten a sentence.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.law import tracks
from cases.law.clocks import Missing
from cases.law.rulebook import Event, book
from cases.models import ContactKind, FilingKind, MeasureKind, NoticeKind
from cases.working import in_language
from cases.working import missing_sentence as why_no_date
from tracker.dates import count_text, day_text, is_chinese, language_tag, moment_text
from tracker.figures import Tone
from tracker.status.nouns import LogRow, Reason, Sentence, Titles

Words = str | Promise

CAUTIONS: Final[Mapping[str, Words]] = {
    "reading_not_chosen": gettext_lazy("Counted the earlier way, until counsel chooses how the order’s period counts."),
    "procedure_unknown": gettext_lazy(
        "Not to be relied on: if it was decided on the spot, reconsideration must come first."
    ),
    "reconsideration_first": gettext_lazy(
        "Not open: a decision on the spot must go to reconsideration first (ARL 23(1)(1), CN-11)."
    ),
    "after_application": gettext_lazy(
        "For counsel to judge: the application for reconsideration ended without a decision. After a withdrawal with "
        "leave these six months still count (Interpretation of the ALL, art. 58); the law does not say so of an "
        "application deemed abandoned or not accepted."
    ),
    "trait_unknown": gettext_lazy(
        "The strictest of several periods: which is ours hangs on what is not recorded of the party or the procedure."
    ),
    "differs_from_statute": gettext_lazy("The document’s own day and the law’s differ; the earlier leads."),
    "not_in_force": gettext_lazy(
        "No version of this rule known here was in force on the day its clock starts. Counsel says which law held "
        "then, and sets the date by hand or waives it."
    ),
    "below_floor": gettext_lazy("Shorter than the law lets such an order be: a ground of challenge."),
}
# What is said beside a date, as a status: shape and word.
MARKS: Final[Mapping[str, tuple[Tone, Words]]] = {
    "internal_target": ("grey", gettext_lazy("internal target: no statutory number")),
    "watch_only": ("grey", gettext_lazy("watch only")),
    "reading_not_chosen": ("amber", gettext_lazy("two readings, the earlier leads")),
    "procedure_unknown": ("amber", gettext_lazy("not to be relied on")),
    "after_application": ("amber", gettext_lazy("after an application without a decision: for counsel to judge")),
    "reconsideration_first": ("grey", gettext_lazy("barred: reconsideration comes first")),
    "trait_unknown": ("amber", gettext_lazy("the strictest of several periods")),
    "differs_from_statute": ("amber", gettext_lazy("the document’s own day and the law’s differ")),
    "not_in_force": ("amber", gettext_lazy("the rule was not in force that day")),
    "if_both": ("amber", gettext_lazy("earliest if both are confirmed")),
    "rests_on_withdrawn": ("amber", gettext_lazy("by a withdrawn holiday arrangement")),
    "stands_still": ("amber", gettext_lazy("stands still")),
    "suspended": ("blue", gettext_lazy("stood still for a while")),
    "extended": ("blue", gettext_lazy("extended")),
    "outrun": ("amber", gettext_lazy("granted time that gives no more")),
    "capped": ("grey", gettext_lazy("ended by its outer limit")),
    "below_floor": ("amber", gettext_lazy("shorter than the law allows an order to be")),
    "strict_reading": ("grey", gettext_lazy("a strict reading ends later, not relied on")),
}
WHY_PROVISIONAL: Final[Mapping[str, Words]] = {
    "": gettext_lazy("The date may still move."),
    "calendar_unpublished": gettext_lazy("The holiday arrangement of the year is not yet published."),
    "calendar_lacks_year": gettext_lazy("The calendar holds no holiday arrangement of that year."),
}
REASONS: Final[Mapping[str, Callable[[int], str]]] = {
    "hash_mismatch": lambda n: ngettext(
        "%(n)s piece of evidence is altered", "%(n)s pieces of evidence are altered", n
    ),
    "overdue_hard": lambda n: ngettext("%(n)s legal date is overdue", "%(n)s legal dates are overdue", n),
    "due_soon": lambda n: ngettext("a legal date within three working days", "%(n)s legal dates near", n),
    "facts_missing": lambda n: ngettext("%(n)s date cannot be worked out", "%(n)s dates cannot be worked out", n),
    "proposal_open": lambda n: ngettext("%(n)s new date to confirm", "%(n)s new dates to confirm", n),
    "caution": lambda n: ngettext("%(n)s date not to be relied on", "%(n)s dates not to be relied on", n),
    "provisional": lambda n: ngettext("%(n)s provisional date", "%(n)s provisional dates", n),
    "tasks_blocked": lambda n: ngettext("%(n)s task is blocked", "%(n)s tasks are blocked", n),
    "overdue_internal": lambda n: ngettext("%(n)s internal date is overdue", "%(n)s internal dates are overdue", n),
    "irregular": lambda n: ngettext(
        "%(n)s irregular step of the authority", "%(n)s irregular steps of the authority", n
    ),
    "evidence_sent_back": lambda n: ngettext(
        "%(n)s piece of evidence sent back", "%(n)s pieces of evidence sent back", n
    ),
    "evidence_in_review": lambda n: ngettext(
        "%(n)s piece of evidence not yet reviewed", "%(n)s pieces of evidence not yet reviewed", n
    ),
    "evidence_unlinked": lambda n: ngettext(
        "%(n)s piece of evidence proves nothing yet", "%(n)s pieces of evidence prove nothing yet", n
    ),
    "requirements_overdue": lambda n: ngettext("%(n)s requirement is overdue", "%(n)s requirements are overdue", n),
    "tasks_unassigned": lambda n: ngettext("%(n)s task has nobody", "%(n)s tasks have nobody", n),
    "no_hold": lambda n: ngettext("no legal hold stands", "no legal hold stands", n),
}
WAITING: Final[Mapping[str, Words]] = {
    "confirm_proposal": gettext_lazy("Confirm the new date"),
    "service": gettext_lazy("Add the service date"),
    "service_date": gettext_lazy("Supply what is missing"),
    "my_task": gettext_lazy("Do the task"),
    "sign_off": gettext_lazy("Sign off the requirement"),
    "review_evidence": gettext_lazy("Review the evidence"),
}
DECISIONS: Final[Mapping[str, Words]] = {
    "confirm_proposal": gettext_lazy("Confirm the new date, or withdraw it"),
    "supply_fact": gettext_lazy("Supply the fact this date waits for"),
    "settle_caution": gettext_lazy("Settle why this date is not to be relied on"),
    "use_remedy": gettext_lazy("Use this right, or leave it to lapse"),
    "extension_reply": gettext_lazy("Obtain the answer to the extension asked for"),
    "sign_off": gettext_lazy("Sign off the requirement"),
}
# Why a clock ended, by the code it stores; no words where the page says it otherwise. Any other reason a person gave.
ENDED: Final[Mapping[str, Words]] = {
    "case_closed": "",
    "rule_not_in_force": "",
    "paid": "",
    "plan_replaced": gettext_lazy("Other instalments were agreed instead."),
    "reconsideration_first": "",
    "reconsideration_applied_for": gettext_lazy(
        "Reconsideration was applied for: no suit is open while it is pending (ARL 29(1)), and after its decision only "
        "the fifteen days of CN-17 count."
    ),
    "suit_filed": gettext_lazy("A suit was filed: reconsideration is closed (ARL 29(2))."),
    "application_ended": gettext_lazy("The application for reconsideration ended without a decision."),
}
REMEDIES: Final[Mapping[str, Words]] = {
    "hearing": gettext_lazy("Hearing"),
    "reconsideration": gettext_lazy("Administrative reconsideration"),
    "litigation": gettext_lazy("Administrative litigation"),
}
DIFFERENCES: Final[Mapping[str, Words]] = {
    "rag": gettext_lazy("Status"),
    "phase": gettext_lazy("Phase"),
    "due_on": gettext_lazy("Next legal date"),
    "requirements_met": gettext_lazy("Requirements met"),
    "requirements_total": gettext_lazy("Requirements"),
    "tasks_closed": gettext_lazy("Tasks closed"),
    "tasks_total": gettext_lazy("Tasks"),
    "evidence_accepted": gettext_lazy("Evidence accepted"),
    "evidence_total": gettext_lazy("Evidence"),
}
# A period as a notice or an extension gives it.
UNIT_WORDS: Final[Mapping[str, Words]] = {
    "hour": gettext_lazy("hours"),
    "day": gettext_lazy("days (日, not said which)"),
    "working_day": gettext_lazy("working days"),
    "week": gettext_lazy("weeks"),
    "month": gettext_lazy("months"),
    "year": gettext_lazy("years"),
}
RATINGS: Final[Mapping[str, Words]] = {
    "high": gettext_lazy("High"),
    "medium": gettext_lazy("Medium"),
    "low": gettext_lazy("Low"),
}
DAY_KINDS: Final[Mapping[str, Promise]] = {
    "working": gettext_lazy("working day"),
    "weekend": gettext_lazy("weekend"),
    "make_up": gettext_lazy("make-up working day"),
}


def pick(titles: Titles) -> str:
    """The title in the active language, or in the other one where there is only that."""
    if language_tag() == "zh-Hant":
        return titles.zh_hant or book().traditional.get(titles.zh) or titles.zh or titles.en
    return (titles.zh or titles.en) if is_chinese() else (titles.en or titles.zh)


def missing_text(code: str) -> str:
    """The name of a fact a clock waits for: `day of service`."""
    return in_language(book().facts[code], "title")


def service_day_text(mode: str) -> str:
    """Which day counts where a notice is served in this way."""
    return str(SERVICE_DAYS.get(mode, ""))


SERVICE_DAYS: Final[Mapping[str, Words]] = {
    "direct": gettext_lazy("The day the receipt was signed counts."),
    "mail": gettext_lazy("The day the post was received counts."),
    "leaving": gettext_lazy("The day it was left counts."),
    "electronic": gettext_lazy("The day it reached the confirmed address counts."),
    "unconfirmed": gettext_lazy("The address was never confirmed: a ground to object to the service."),
    "public_notice": gettext_lazy("It counts as served once thirty days have passed since it was posted."),
    "oral": gettext_lazy("Being told is no service: a ground to object to it."),
}


def ask_further_text(code: str) -> str:
    """The invitation to say a further fact of a clock, where nobody has yet."""
    return str(ASK_FURTHER.get(code, _("Say when it was")))


ASK_FURTHER: Final[Mapping[str, Words]] = {
    "right_learnt_on": gettext_lazy("Rights not told in the decision? Say when they were learnt of"),
    "made_on": gettext_lazy("Say when the act was made"),
}


def missing_sentence(codes: tuple[str, ...]) -> str:
    """As the API says it, without the full stop: it stands inside other sentences."""
    return why_no_date(Missing(codes), book()).rstrip(".。")


def reason_text(reason: Reason) -> str:
    return counted_text(reason.code, reason.count)


def counted_text(code: str, count: int) -> str:
    """The words of a reason for the light, or of a risk."""
    return REASONS[code](count) % {"n": count}


def caution_text(codes: str, differs_on: date | None = None, rule_id: str = "") -> str:
    """Why a date is not to be relied on, a sentence a code; with the other of two days, or the law that is missing."""
    said = [_caution(code, differs_on, rule_id) for code in codes.split()]
    return ("" if is_chinese() else " ").join(said)


def ended_text(reason: str) -> str:
    """Why a clock ended: the sentence of its code, or the words a person gave."""
    return str(ENDED.get(reason, reason))


def _caution(code: str, differs_on: date | None, rule_id: str) -> str:
    if code == "differs_from_statute" and differs_on:
        day = day_text(differs_on)
        return _("The document’s own day and the law’s differ, the other is %(day)s; the earlier leads.") % {"day": day}
    if code == "not_in_force" and rule_id:
        return LAW_MISSING % law_held(rule_id)
    return str(CAUTIONS[code])


LAW_MISSING: Final = gettext_lazy(
    "The earliest version held here of %(law)s (%(rule)s) is in force from %(since)s, after the day the clock starts. "
    "Counsel says which law held then, and sets the date by hand or waives it."
)


def law_held(rule_id: str) -> dict[str, str]:
    first = book().versions(rule_id)[0]
    return {"law": in_language(first, "citation"), "rule": rule_id, "since": day_text(first.valid_from)}


def mark_text(code: str) -> tuple[Tone, str]:
    tone, words = MARKS[code]
    return tone, str(words)


def provisional_text(code: str) -> str:
    return str(WHY_PROVISIONAL[code])


def waiting_text(code: str) -> str:
    return str(WAITING[code])


def decision_text(code: str) -> str:
    return str(DECISIONS[code])


def remedy_text(code: str) -> str:
    return str(REMEDIES[code])


def rating_text(code: str) -> str:
    return str(RATINGS[code])


def difference_text(name: str) -> str:
    return str(DIFFERENCES[name])


def title_in_facts(row: LogRow) -> str:
    """Of what has no title of its own: the event by the law's name, the track with the state it came to."""
    name, kind, state = (str(row.facts.get(key, "")) for key in ("name", "kind", "to"))
    if row.verb == "log_event" and name in book().events:
        return named_in_law(book().events[name])
    if row.verb == "move_track" and kind in tracks.KINDS:
        return f"{pick(Titles(*tracks.title(kind)))} · {named_in_law(tracks.state(kind, state))}"
    return ""


def named_in_law(found: Event | tracks.State) -> str:
    return pick(Titles(found.title_en, found.title_zh, found.title_zh_hant))


# ---- The bottom line -------------------------------------------------------------------------------------------------
def sentence_text(sentence: Sentence) -> str:
    """One sentence of the bottom line; its parameters are values, and its words are the reader's."""
    words = {name: _plain(value) for name, value in sentence.params.items()}
    params = sentence.params
    if "title_en" in params:
        words["title"] = pick(Titles(str(params["title_en"]), str(params["title_zh"])))
    if "unit" in params:
        words["left"] = count_text(_number(params["left"]), str(params["unit"]))
    match sentence.code:
        case "worst":
            reason = counted_text(str(params["reason"]), _number(params["count"]))
            return _("What can hurt us most: %(reason)s.") % {"reason": reason}
        case "date_unknown":
            missing = missing_sentence(tuple(filter(None, str(params["missing"]).split(","))))
            return _("%(title)s: %(missing)s.") % {**words, "missing": missing}
        case "work_done":
            return _work_text(params)
    return str(SENTENCES[sentence.code]) % words


SENTENCES: Final[Mapping[str, Words]] = {
    "date_ahead": gettext_lazy("%(title)s is due on %(due_on)s: %(left)s left."),
    "date_overdue": gettext_lazy("%(title)s was due on %(due_on)s and is %(left)s late."),
    "no_hard_date": gettext_lazy("No legal date is running against us."),
    "no_work_yet": gettext_lazy("No requirement and no task is recorded yet."),
    "nothing_against": gettext_lazy("Nothing in the record speaks against the plan."),
    "case_closed": gettext_lazy("The case was closed on %(closed_at)s."),
}


def _work_text(params: Mapping[str, object]) -> str:
    tasks, requirements = _number(params["tasks"]), _number(params["requirements"])
    done = ngettext("%(closed)s of %(tasks)s task is closed", "%(closed)s of %(tasks)s tasks are closed", tasks) % {
        "closed": params["closed"],
        "tasks": tasks,
    }
    met = ngettext("%(met)s of %(all)s requirement is met", "%(met)s of %(all)s requirements are met", requirements) % {
        "met": params["met"],
        "all": requirements,
    }
    return _("%(done)s; %(met)s.") % {"done": done, "met": met}


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"a number was expected, not {value!r}")
    return value


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return moment_text(value)
    return day_text(value) if isinstance(value, date) else str(value)


# ---- The log ---------------------------------------------------------------------------------------------------------
def object_text(row: LogRow) -> str:
    """What a log entry speaks of: its title, else its kind."""
    return pick(row.title) or str(OBJECTS.get(row.object_kind, row.object_kind.replace("_", " ")))


OBJECTS: Final[Mapping[str, Words]] = {
    "case": gettext_lazy("case"),
    "notice": gettext_lazy("notice"),
    "deadline": gettext_lazy("deadline"),
    "task": gettext_lazy("task"),
    "requirement": gettext_lazy("requirement"),
    "evidence": gettext_lazy("evidence"),
    "filing": gettext_lazy("filing"),
    "payment": gettext_lazy("payment"),
    "measure": gettext_lazy("measure"),
    "track": gettext_lazy("track"),
    "event": gettext_lazy("event"),
    "briefing": gettext_lazy("briefing"),
}


# ---- What happened ---------------------------------------------------------------------------------------------------
def happening_words(source: str, code: str) -> str:
    """What kind of thing it was; empty where its title says all."""
    match source:
        case "announced":
            return _("Announced to the public")
        case "served":
            return _("Served: %(what)s") % {"what": NoticeKind(code).label}
        case "issued":
            return _("Issued: %(what)s") % {"what": NoticeKind(code).label}
        case "filed":
            return _("Filed: %(what)s") % {"what": FilingKind(code).label}
        case "contact":
            return str(ContactKind(code).label)
        case "moved" | "event":
            return ""
    raise ValueError(f"no words for {source!r}")


def measure_text(kind: str) -> str:
    return str(MeasureKind(kind).label)
