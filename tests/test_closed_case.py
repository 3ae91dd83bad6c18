"""What a closed case still takes, action by action; whatever else is asked of it is told to reopen it first.

Every action of the record has its policy here: a new one without any fails the last test.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from types import ModuleType

import pytest

from cases import actions
from cases.actions import (
    accountability,
    contact,
    deadline,
    event,
    flagged,
    hot_list,
    instalments,
    marking,
    moving,
    notice,
    payment,
    requirement,
    track,
)
from cases.actions import case as cases
from cases.actions.belonging import CaseClosed
from cases.actions.drafts import MeasureDraft, RequirementDraft
from cases.models import Case, CaseState, LogEntry, Measure, Person, Role
from tests.factories import NOW, a_case, a_notice, a_person, new_notice
from tests.hot_lists import a_list
from tests.test_one_log_entry import LATER, PREPARED, World
from tests.work import some_evidence

pytestmark = pytest.mark.django_db

# What the authority does anew and what happened; who may know of the case and how it is called; custody, holds and
# translations; a paper the authority gave back; a member's leaving. Never refused, and each told in the log.
TAKES = {
    "log_notice", "move_track", "log_event", "log_contact", "attach_receipt",
    "change_case", "grant_access", "admit", "end_access", "raise_barrier", "lift_barrier", "reopen_case",
    "derive", "open_evidence", "verify_evidence", "issue_hold", "release_hold",
    "note_classified_paper", "void_classified_paper",
    "add_translation", "review_translation", "end_membership",
}  # fmt: skip
# Our own work, and whatever corrects what the closing rested on.
REFUSES = {
    "set_internal_deadline", "confirm_version", "withdraw_proposal", "ask_extension", "grant_extension",
    "refuse_extension", "withdraw_extension", "suspend", "resume", "choose_profile", "override_deadline",
    "waive_deadline", "meet_deadline",
    "assign_deadline", "correct_event", "void_event", "take_in", "link_evidence", "accept_evidence",
    "send_back_evidence", "supersede_evidence", "file", "void_filing", "add_flagging_rule", "add_default_rules",
    "retire_flagging_rule", "add_flagged", "confirm_flagged", "dismiss_flagged", "set_disposition", "import_hot_list",
    "begin_import", "reflag", "begin_reflag", "move_notice", "record_service", "void_notice", "replace_notice",
    "add_requirement", "new_requirement", "change_requirement", "mark_requirement_done", "sign_off",
    "reopen_requirement", "withdraw_requirement", "add_task", "assign_task", "start_task", "block_task", "submit_task",
    "complete_task", "reopen_task", "post_update", "form_task_force", "add_member", "add_shift", "end_shift",
    "withdraw_shift", "open_track",
    "close_case", "close_unknown", "record_payment", "prove_payment", "void_payment", "agree_instalments",
    "withdraw_instalments",
    "record_export_approval", "void_export_approval", "change_mark", "record_accountability", "change_accountability",
    "void_accountability",
}  # fmt: skip
# Of no case, or the second half of an action that is tried by its first.
ELSEWHERE = {
    "open_case", "record", "record_verification", "add_party", "add_authority", "change_settings", "take_leave",
    "end_leave", "make_token", "revoke_token", "log_password_change", "set_traits", "import_arrangement",
    "withdraw_arrangement", "confirm_proposals", "reject_proposals", "deactivate", "name_counsel", "erase",
    "erase_party", "log_read", "log_export", "log_refusal", "once",
}  # fmt: skip

Act = Callable[[], object]
STAGES: dict[str, Callable[[World], Act]] = dict(PREPARED)


def stage(function: Callable[[World], Act]) -> Callable[[World], Act]:
    STAGES[function.__name__] = function
    return function


@pytest.fixture
def world(counsel: Person, member: Person) -> World:
    return World(a_case(by=counsel), counsel, member)


def close(case: Case) -> None:
    """As it would be closed, whatever the stage has left open in it."""
    found = Case.objects.get(pk=case.pk)
    found.tracks.update(ended_at=NOW)
    cases.shut(found, reason="The report was accepted", at=NOW)


# ---- The case --------------------------------------------------------------------------------------------------------
@stage
def change_case(w: World) -> Act:
    return lambda: cases.change_case(case=w.case, fields={"protection_mark": "confidential"}, **w.told)


@stage
def grant_access(w: World) -> Act:
    return lambda: cases.grant_access(case=w.case, person=a_person(), reason="audit", **w.told)


@stage
def end_access(w: World) -> Act:
    access = cases.grant_access(case=w.case, person=w.member, reason="audit", by=w.counsel, at=NOW)
    return lambda: cases.end_access(access=access, **w.told)


@stage
def raise_barrier(w: World) -> Act:
    return lambda: cases.raise_barrier(case=w.case, person=w.member, reason="conflict", **w.told)


@stage
def lift_barrier(w: World) -> Act:
    barrier = cases.raise_barrier(case=w.case, person=w.member, reason="conflict", by=w.counsel, at=NOW)
    return lambda: cases.lift_barrier(barrier=barrier, **w.told)


@stage
def reopen_case(w: World) -> Act:
    return lambda: cases.reopen_case(case=w.case, reason="look-back", **w.told)


@stage
def close_case(w: World) -> Act:
    return lambda: cases.close_case(case=w.case, reason="again", **w.told)


@stage
def close_unknown(w: World) -> Act:
    return lambda: cases.close_unknown(case=w.case, reason="again", **w.told)


# ---- Notices, events, tracks -----------------------------------------------------------------------------------------
@stage
def log_notice(w: World) -> Act:
    return lambda: notice.log_notice(notice=new_notice(), case=w.case, **w.told)


@stage
def record_service(w: World) -> Act:
    row = a_notice(case=w.case, by=w.counsel)
    return lambda: notice.record_service(notice=row, served_on=date(2026, 8, 12), mode="direct", **w.told)


@stage
def void_notice(w: World) -> Act:
    row = a_notice(case=w.case, by=w.counsel)
    return lambda: notice.void_notice(notice=row, reason="twice", **w.told)


@stage
def replace_notice(w: World) -> Act:
    row = a_notice(case=w.case, by=w.counsel)
    return lambda: notice.replace_notice(notice=row, draft=new_notice(), reason="wrong", **w.told)


@stage
def move_notice(w: World) -> Act:
    row, to = a_notice(case=w.case, by=w.counsel), a_case(by=w.counsel)
    return lambda: moving.move_notice(notice=row, to=to, reason="wrong case", **w.told)


def an_event(w: World) -> event.Event:
    return event.log_event(case=w.case, name="illegal_information_found", by=w.counsel, at=NOW)


@stage
def log_event(w: World) -> Act:
    return lambda: event.log_event(case=w.case, name="illegal_information_found", **w.told)


@stage
def correct_event(w: World) -> Act:
    row = an_event(w)
    return lambda: event.correct_event(event=row, occurred_on=date(2026, 9, 1), reason="slip", **w.told)


@stage
def void_event(w: World) -> Act:
    row = an_event(w)
    return lambda: event.void_event(event=row, reason="slip", **w.told)


@stage
def open_track(w: World) -> Act:
    return lambda: track.open_track(case=w.case, kind="official", **w.told)


@stage
def move_track(w: World) -> Act:
    row = track.open_track(case=w.case, kind="official", by=w.counsel, at=NOW)
    return lambda: track.move_track(track=row, to_state="lead", mover="authority", **w.told)


@stage
def log_contact(w: World) -> Act:
    """A talk was held; what is promised in it is work, and is refused as a requirement is."""
    draft = contact.ContactDraft(kind="call", authority=w.case.lead_authority, subject="回访")
    return lambda: contact.log_contact(case=w.case, contact=draft, **w.told)


@stage
def new_requirement(w: World) -> Act:
    return lambda: requirement.new_requirement(case=w.case, draft=RequirementDraft(title_en="R"), **w.told)


# ---- Deadlines -------------------------------------------------------------------------------------------------------
def a_clock(w: World) -> deadline.Deadline:
    return deadline.set_internal_deadline(case=w.case, title_en="R", due_on=date(2026, 9, 30), by=w.counsel, at=NOW)


@stage
def set_internal_deadline(w: World) -> Act:
    return lambda: deadline.set_internal_deadline(case=w.case, title_en="R", due_on=date(2026, 9, 30), **w.told)


def on_a_clock(name: str, **fields: object) -> None:
    def prepared(w: World) -> Act:
        row = a_clock(w)
        return lambda: getattr(deadline, name)(deadline=row, **fields, **w.told)

    STAGES[name] = prepared


on_a_clock("confirm_version")
on_a_clock("withdraw_proposal", reason="x")
on_a_clock("ask_extension", until_on=date(2026, 10, 9))
on_a_clock("suspend", from_on=date(2026, 9, 25), reason="x")
on_a_clock("choose_profile", profile="CN-WD")
on_a_clock("override_deadline", due_on=date(2026, 10, 9), reason="x")
on_a_clock("waive_deadline", reason="x")
on_a_clock("meet_deadline", reason="x")
on_a_clock("assign_deadline", owner=None)


def asked(w: World) -> deadline.Extension:
    return deadline.ask_extension(deadline=a_clock(w), until_on=date(2026, 10, 9), by=w.counsel, at=NOW)


@stage
def grant_extension(w: World) -> Act:
    row = asked(w)
    return lambda: deadline.grant_extension(extension=row, decided_on=date(2026, 9, 24), **w.told)


@stage
def refuse_extension(w: World) -> Act:
    row = asked(w)
    return lambda: deadline.refuse_extension(extension=row, decided_on=date(2026, 9, 24), reason="x", **w.told)


@stage
def withdraw_extension(w: World) -> Act:
    row = deadline.grant_extension(extension=asked(w), decided_on=date(2026, 9, 24), by=w.counsel, at=NOW)
    return lambda: deadline.withdraw_extension(extension=row, reason="x", **w.told)


@stage
def resume(w: World) -> Act:
    a_notice(case=w.case, by=w.counsel, served_on=date(2026, 8, 12))
    clock = w.case.deadlines.get(rule_id="CN-12")
    row = deadline.suspend(deadline=clock, from_on=date(2026, 9, 1), reason="x", by=w.counsel, at=NOW)
    return lambda: deadline.resume(suspension=row, until_on=date(2026, 9, 24), **w.told)


# ---- Lists and flagged content ---------------------------------------------------------------------------------------
def a_file() -> BytesIO:
    return BytesIO(a_list(("08-01 09", 1, "甲某回应")))


def flagged_content(w: World) -> flagged.FlaggedContent:
    return flagged.add_flagged(case=w.case, surface="榜", title="甲", basis="authority", by=w.counsel, at=NOW)


@stage
def add_flagging_rule(w: World) -> Act:
    return lambda: flagged.add_flagging_rule(case=w.case, provision="O5-7-2", words=["甲"], **w.told)


@stage
def add_default_rules(w: World) -> Act:
    return lambda: flagged.add_default_rules(case=w.case, **w.told)


@stage
def retire_flagging_rule(w: World) -> Act:
    row = flagged.add_flagging_rule(case=w.case, provision="O5-7-2", words=["甲"], by=w.counsel, at=NOW)
    return lambda: flagged.retire_flagging_rule(rule=row, **w.told)


@stage
def add_flagged(w: World) -> Act:
    return lambda: flagged.add_flagged(case=w.case, surface="榜", title="甲", basis="authority", **w.told)


@stage
def confirm_flagged(w: World) -> Act:
    row = flagged_content(w)
    return lambda: flagged.confirm_flagged(flagged=row, **w.told)


@stage
def dismiss_flagged(w: World) -> Act:
    row = flagged_content(w)
    return lambda: flagged.dismiss_flagged(flagged=row, reason="news", **w.told)


@stage
def set_disposition(w: World) -> Act:
    row = flagged_content(w)
    return lambda: flagged.set_disposition(flagged=row, disposition="kept", disposed_at=NOW, **w.told)


def of_a_list(name: str) -> None:
    def prepared(w: World) -> Act:
        act = getattr(hot_list, name)
        if name.endswith("reflag"):
            hot_list.import_hot_list(case=w.case, surface="榜", file=a_file(), filename="l", by=w.counsel, at=NOW)
            return lambda: act(case=w.case, surface="榜", **w.told)
        return lambda: act(case=w.case, surface="榜", file=a_file(), filename="l.csv", **w.told)

    STAGES[name] = prepared


for each in ("import_hot_list", "begin_import", "reflag", "begin_reflag"):
    of_a_list(each)


# ---- Payments --------------------------------------------------------------------------------------------------------
def a_fine(w: World) -> Measure:
    draft = MeasureDraft(kind="fine", procedure="ordinary", amount=Decimal(900), currency="CNY")
    return a_notice(case=w.case, by=w.counsel, measures=(draft,)).measures.get()


@stage
def record_payment(w: World) -> Act:
    fine = a_fine(w)
    return lambda: payment.record_payment(measure=fine, amount=Decimal(900), paid_on=date(2026, 8, 20), **w.told)


@stage
def prove_payment(w: World) -> Act:
    paid, proof = payment.record_payment(**part(w)), some_evidence(w.case, by=w.counsel, words=b"bank slip")
    return lambda: payment.prove_payment(payment=paid, evidence=proof, **w.told)


@stage
def void_payment(w: World) -> Act:
    paid = payment.record_payment(**part(w))
    return lambda: payment.void_payment(payment=paid, reason="another fine", **w.told)


@stage
def agree_instalments(w: World) -> Act:
    fine, parts = a_fine(w), [instalments.Part(date(2026, 12, 1), Decimal(900))]
    return lambda: instalments.agree_instalments(measure=fine, parts=parts, decided_on=date(2026, 9, 1), **w.told)


@stage
def withdraw_instalments(w: World) -> Act:
    agree_instalments(w)()
    fine = Measure.objects.get(case=w.case)
    return lambda: instalments.withdraw_instalments(measure=fine, reason="x", **w.told)


def part(w: World) -> dict[str, object]:
    day = {"paid_on": date(2026, 8, 20), "by": w.counsel, "at": NOW}
    return {"measure": a_fine(w), "amount": Decimal(1), **day}


# ---- Walls -----------------------------------------------------------------------------------------------------------
@stage
def admit(w: World) -> Act:
    someone = a_person(Role.MEMBER, email="someone@platform.example")
    access = cases.grant_access(case=w.case, person=someone, reason="works on it", by=w.counsel, at=NOW)
    seen = {"sees_advice": True, "sees_persons": False}
    return lambda: cases.admit(access=access, **seen, reason="drafts the answer", **w.told)


@stage
def change_mark(w: World) -> Act:
    piece = some_evidence(w.case, by=w.counsel, words=b"an opinion")
    return lambda: marking.change_mark(item=piece, mark="disclosable", reason="published since", **w.told)


def a_draft(w: World) -> accountability.AccountabilityDraft:
    return accountability.AccountabilityDraft(person=w.member, kind="warning", state="proposed")


@stage
def record_accountability(w: World) -> Act:
    return lambda: accountability.record_accountability(case=w.case, draft=a_draft(w), **w.told)


@stage
def change_accountability(w: World) -> Act:
    row = accountability.record_accountability(case=w.case, draft=a_draft(w), by=w.counsel, at=NOW)
    return lambda: accountability.change_accountability(record=row, fields={"state": "decided"}, **w.told)


@stage
def void_accountability(w: World) -> Act:
    row = accountability.record_accountability(case=w.case, draft=a_draft(w), by=w.counsel, at=NOW)
    return lambda: accountability.void_accountability(record=row, reason="another person", **w.told)


# ---- The tests -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", sorted(REFUSES))
def test_a_closed_case_refuses_our_work_with_one_sentence(name: str, world: World) -> None:
    act = STAGES[name](world)
    close(world.case)
    before = LogEntry.objects.count()

    with pytest.raises((CaseClosed, cases.WrongState)) as refused:
        act()

    said = "This case is closed already." if name.startswith("close_") else "This case is closed. Reopen it first."
    assert str(refused.value) == said
    assert (LogEntry.objects.count(), Case.objects.get(pk=world.case.pk).state) == (before, CaseState.CLOSED)


@pytest.mark.parametrize("name", sorted(TAKES))
def test_a_closed_case_takes_what_happened_and_the_keeping_of_the_record(name: str, world: World) -> None:
    act = STAGES[name](world)
    close(world.case)

    act()

    assert LogEntry.objects.filter(case=world.case, verb=name, recorded_at=LATER).count() == 1


@pytest.mark.parametrize(
    ("name", "state"),
    [("log_notice", "open"), ("move_track", "open"), ("log_event", "open"), ("log_contact", "closed"),
     ("verify_evidence", "closed"), ("issue_hold", "closed")],
)  # fmt: skip
def test_only_what_leaves_something_open_opens_the_case_again(name: str, state: str, world: World) -> None:
    act = STAGES[name](world)
    close(world.case)

    act()

    assert Case.objects.get(pk=world.case.pk).state == state
    facts = LogEntry.objects.get(verb=name, recorded_at=LATER).facts
    assert facts.get("reopened_case", False) is (state == "open")


def modules() -> list[ModuleType]:
    found = pkgutil.iter_modules(actions.__path__)
    return [importlib.import_module(f"cases.actions.{each.name}") for each in found]


def actions_of(module: ModuleType) -> set[str]:
    """Public functions of the module that take keywords only, `by` and `at` among them."""
    return {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_") and is_action(function)
    }


def is_action(function: Callable[..., object]) -> bool:
    asked = inspect.signature(function).parameters
    by_name = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    return {"by", "at"} <= asked.keys() and all(each.kind in by_name for each in asked.values())


def test_every_action_has_its_policy_for_a_closed_case() -> None:
    found = {name for module in modules() for name in actions_of(module)}

    assert len(found) > 80
    assert found == TAKES | REFUSES | ELSEWHERE
    assert not TAKES & REFUSES
