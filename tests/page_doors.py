"""The stated policy of every page, GET and POST each: the verb of POLICY it asks, or one of the words below.

`open`: whoever comes, signed in or not. `anyone`: whoever is signed in. `-`: no such method, said to all alike.
Its reach says what one must know of first: `house`, nothing; `machine`, nothing, and no person asks; `case`, the case
of its address; `row`, the case of the row it names; `persons`, the case and the natural persons in it; `own`, it must
be one's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import get_resolver

from cases.models import Role
from cases.permissions import POLICY
from tests.addresses import patterns

# name reach GET POST; a new page without a line here fails.
PAGES = """
alive machine open open · ready machine open open · metrics machine open open · set_language house - open
login house open open · logout house - open
account house anyone anyone · account_change house - anyone · password_change house anyone anyone
leave house - anyone · leave_end own - anyone · token_make house - anyone · token_revoke own - anyone
reaching house anyone anyone · reaching_choose house - anyone · chat_add house - anyone · chat_end own - anyone
chat_test own - anyone · subscription_add house - view · subscription_end own - view
people house keep_people keep_people · person house keep_people keep_people · person_leave house - keep_people
person_erase house - keep_people · person_name house - keep_people
system_log house see_system_log see_system_log

desk house anyone anyone · cases house view view · cases_csv house view view
tasks_mine house work_on_task work_on_task · tasks_proof house work_on_task add_evidence
status_portfolio house see_portfolio see_portfolio · portfolio_subscribe house - see_portfolio
outbox house see_outbox see_outbox · failed_words house run_watch run_watch · send_again house - run_watch
reminder row see_outbox see_outbox · acknowledge machine open open · acknowledge_here own - anyone
rulebook house anyone anyone · rule house anyone anyone · holidays house anyone anyone
holiday_year house anyone anyone
arrangement_add house import_arrangement import_arrangement · arrangement house anyone anyone
arrangement_confirm house - decide_deadline · arrangement_confirm_one row - decide_deadline
arrangement_reject house - decide_deadline · arrangement_withdraw house - import_arrangement
log_notice house log_notice log_notice
house_reminders house keep_reminders keep_reminders · house_steps house keep_reminders keep_reminders
house_steps_back house - keep_reminders · house_ladder house keep_reminders keep_reminders
house_ladder_back house - keep_reminders

case case view view · case_change case change_case change_case · case_timeline case view view
case_close case close_case close_case · case_close_way case - close_case
case_status case view view · case_status_subscribe case - view · briefing case view view
briefing_sign case - sign_briefing
case_room case change_case change_case · room_end case - change_case
case_people case view view · access_grant case - grant_access · access_end case - grant_access
access_admit case - grant_access · barrier_raise case - grant_access · barrier_lift case - grant_access
case_accountability persons view hold_responsible · accountability_change persons - hold_responsible
accountability_void persons - hold_responsible

case_notices case view view · notice case view view · notice_service case - record_service
notice_translate case - translate · notice_translation_review case - translate · notice_replace case void void
notice_void case - void · notice_move case - move_notice
case_contacts case view view · contact_add case log_contact log_contact · contact case view view
contact_mark case - change_mark
case_requirements case view view · requirement_add case add_requirement add_requirement
requirement case view view · requirement_change case add_requirement add_requirement
requirement_done case - mark_requirement_done · requirement_sign_off case - sign_off
requirement_reopen case - sign_off · requirement_withdraw case - add_requirement
requirement_translate case - translate · requirement_translation_review case - translate

case_deadlines case view view · deadline_add case decide_deadline decide_deadline · deadline case view view
deadline_working case view view · deadline_notified case see_outbox see_outbox
deadline_steps case view change_reminders · deadline_steps_back case - change_reminders
case_reminders case view view · case_steps case change_reminders change_reminders
case_steps_back case - change_reminders · case_ladder case change_reminders change_reminders
case_ladder_back case - change_reminders · deadline_step case - decide_deadline
payments case view record_payment · payment_instalments case - record_payment · payment_void case - record_payment
payment_withdraw case - record_payment
track case view view · track_move case - move_track
event_add case log_event log_event · event case view view · event_correct case - log_event · event_void case - void
classified_add case note_classified_paper note_classified_paper
classified_void case note_classified_paper note_classified_paper
approval_add case record_export_approval record_export_approval
approval_void case record_export_approval record_export_approval
case_filings case view view · filing_add case file file · filing_receipt case file file · filing_void case void void

case_tasks case view view · task_add case add_task add_task · update_post case - post_update
task_force_form case - form_task_force · member_add case - form_task_force · member_end case - form_task_force
rota case view form_task_force · shift_end case - form_task_force · shift_withdraw case - form_task_force
task case view view · task_start case - work_on_task · task_submit case - work_on_task
task_complete case - work_on_task · task_block case - work_on_task · task_reopen case - work_on_task
task_assign case - assign_task · task_mark case - change_mark · task_update case - post_update
task_prove case - add_evidence
case_evidence case view view · evidence_add case add_evidence add_evidence · evidence case view view
evidence_download case read_evidence read_evidence · evidence_verify case - read_evidence
evidence_accept case - review_evidence · evidence_send_back case - review_evidence
evidence_supersede case - review_evidence · evidence_link case - add_evidence · evidence_mark case - change_mark
hold_issue case - hold · hold_release case - hold
case_flagged case view view · flagged_review case - review_flagged · flagged_add case flag flag
hot_list_import case import_hot_list import_hot_list · flagged_reflag case - import_hot_list
flagging_rules case view flag · flagging_defaults case - flag · flagging_retire case - flag
flagged_content case view view · flagged_dispose case - flag · import case view view
"""
WORDS = {"open", "anyone", "-"}
REACHES = {"machine", "house", "case", "row", "persons", "own"}

# ---- What is answered ------------------------------------------------------------------------------------------------
SIGN_IN, HIDDEN, REFUSED, NO_SUCH_METHOD = frozenset({"sign in"}), frozenset({404}), frozenset({403}), frozenset({405})
SHOWN, LED_ON = frozenset({200}), frozenset({302})
# An empty form is found wanting or, where it asks for nothing, acts: 200 where a page only shows, 302, 409, 422.
TAKEN = frozenset({200, 302, 409, 422})
# 503: not everything the machine needs answers while tests run.
READY = frozenset({200, 503})


@dataclass(frozen=True)
class Door:
    """One method of one page. `path` is its pattern, by which a page without a name is told."""

    method: str
    name: str
    path: str
    reach: str
    asks: str


@dataclass(frozen=True)
class Standing:
    """What one who comes is to a policy: their role, or none; what of the case they may know; whether it is theirs."""

    role: Role | None
    knows: bool = False
    sees_persons: bool = False
    owns: bool = False


def stated() -> dict[str, tuple[str, str, str]]:
    """Name → reach, GET, POST."""
    lines = [line.split() for line in PAGES.replace("\n", "·").split("·") if line.strip()]
    assert len({name for name, *_rest in lines}) == len(lines)
    return {name: (reach, get, post) for name, reach, get, post in lines}


def found() -> dict[str, str]:
    """Name → path of every page of the resolver, the administration aside."""
    everything = [(path, pattern.name) for path, pattern in patterns(get_resolver())]
    ours = [(name, path) for path, name in everything if not path.startswith(("api/", "en/admin/"))]
    assert len(dict(ours)) == len(ours)
    return dict(ours)


def doors() -> Iterator[Door]:
    policy = stated()
    for name, path in found().items():
        reach, get, post = policy[name]
        yield Door("GET", name, path, reach, get)
        yield Door("POST", name, path, reach, post)


def expected(door: Door, who: Standing) -> frozenset[object]:
    """By the policy alone. What one may not know of comes before what one may not do."""
    if door.asks == "open":
        return of_open(door, who)
    if who.role is None and door.name not in {"logout", "set_language"}:
        return SIGN_IN
    if door.asks == "-":
        return NO_SUCH_METHOD
    if is_hidden(door, who):
        return HIDDEN
    if door.asks != "anyone" and who.role not in POLICY[door.asks]:
        return REFUSED
    return let_in(door, who)


def is_hidden(door: Door, who: Standing) -> bool:
    return {
        "machine": False,
        "house": False,
        "case": not who.knows,
        "row": not who.knows,
        "persons": not (who.knows and who.sees_persons),
        "own": not who.owns,
    }[door.reach]


def let_in(door: Door, who: Standing) -> frozenset[object]:
    """Who runs the system is led from the desk to the people; who ticked no task has no proof to bring."""
    if door.name == "person_name":
        return HIDDEN  # of a case that somebody leads
    if (door.name, who.role) == ("desk", Role.ADMINISTRATOR) or door.name == "tasks_proof":
        return LED_ON
    return SHOWN if door.method == "GET" else TAKEN


def of_open(door: Door, who: Standing) -> frozenset[object]:
    if door.name == "ready":
        return READY
    if door.name in {"acknowledge", "metrics"}:
        return HIDDEN  # of a link nobody was sent; without the token
    if door.name == "logout":
        return SIGN_IN
    if door.name == "set_language" or (door.name == "login" and who.role is not None):
        return LED_ON
    if door.name == "login" and door.method == "POST":
        return frozenset({422})
    return SHOWN
