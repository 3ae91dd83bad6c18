"""One restricted case with a row behind every page, its every word unmistakable; and those who come to the pages."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from re import findall
from typing import Any

from django.apps import apps
from django.db.models import CharField, TextField
from django.test import Client
from django.urls import reverse

from cases.actions.accountability import AccountabilityDraft, record_accountability
from cases.actions.case import end_access, grant_access, raise_barrier
from cases.actions.drafts import EvidenceDraft, MeasureDraft
from cases.actions.evidence import take_in
from cases.actions.payment import record_payment
from cases.actions.person import make_token, take_leave
from cases.actions.task import post_update
from cases.actions.taskforce import add_member, add_shift
from cases.actions.translation import add_translation
from cases.models import Case, Deadline, Language, Person, Role
from cases.permissions import WALLS
from tests.api_world import AT, DAY, a_world, the_case, the_notice
from tests.arrangements import imported
from tests.factories import a_party, a_person
from tests.page_doors import Door, Standing
from tests.work import FORMED_ON
from tracker.channels import Opened
from tracker.models import ChatService, Reminder
from tracker.reminders.choosing import add_chat, set_room

WORD = "HIDDEN"
TEXTS = {
    "title_en", "title_zh", "allegation", "original_words", "words", "clause", "acceptance_test", "subject", "minutes",
    "scope", "reason", "filename", "kept_where", "keeper", "title", "blocker", "note", "organ_zh", "state_reason",
}  # fmt: skip
OF_THE_HOUSE = {"people", "authorities", "parties", "rules", "calendars"}
# The part of an address before a name → the noun of the API whose row it is, where the two differ.
NOUNS = {
    "flagged": "flagged-content", "holds": "legal-holds", "rules": "flagging-rules", "outbox": "reminders",
    "responsible": "accountability", "classified": "classified-papers", "approvals": "export-approvals",
    "task-force": "task-forces",
}  # fmt: skip
APPEND_ONLY = {"cases.LogEntry", "cases.CustodyEntry", "cases.TrackMove", "cases.Update"}
SHIFT, HOURS = datetime(2099, 1, 1, tzinfo=UTC), timedelta(hours=8)
# Of a private network: refused before anything is asked of it.
INWARD = Opened(ChatService.WEBHOOK, "jsons://127.0.0.1/hook")
FAR = 360  # working days, from 29 August 2025 to the spring festival of 2027


@dataclass(frozen=True)
class Visitor:
    person: Person | None
    standing: Standing
    cookie: str = ""


@dataclass(frozen=True)
class PageWorld:
    """`names`: noun → what an address calls its row. `odd`: page → the parts of its address that no noun tells."""

    case: Case
    names: dict[str, str]
    odd: dict[str, dict[str, Any]]
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def address(self, door: Door) -> str:
        kwargs: dict[str, Any] = {"reference": self.case.reference} if "<slug:reference>" in door.path else {}
        for noun in findall(r"([\w-]+)/<slug:uid>", door.path):
            kwargs["uid"] = self.names.get(NOUNS.get(noun, noun))
        return reverse(door.name, kwargs=kwargs | self.odd.get(door.name, {}))

    def leaked(self, told: str, address: str) -> list[str]:
        """What an answer tells of the case, beyond what its asker named themselves."""
        ours = {self.names[noun] for noun in self.names.keys() - OF_THE_HOUSE}
        return [each for each in (WORD, self.case.reference, *ours) if each in told and each not in address]


def the_pages_world() -> PageWorld:
    counsel = a_person(Role.COUNSEL, email="counsel@platform.example", family_en="Fang", given_en="Lei")
    made = a_world(counsel, title_en=f"{WORD} case", title_zh=f"{WORD} 案")
    case = made.case
    notice = the_notice(
        case, counsel, original_words="罚款。", original_language="zh-hans", number="2", measures=(fine(),)
    )
    measure = notice.measures.get()
    payment = record_payment(measure=measure, amount=Decimal(100), paid_on=DAY, by=counsel, at=AT)
    order = an_order(case, counsel)
    named = f"{WORD} proof.txt"
    take_in(case=case, file=BytesIO(WORD.encode()), filename=named, draft=EvidenceDraft(), by=counsel, at=AT)
    post_update(case=case, words=f"{WORD} words", blocker=f"{WORD} blocker", by=counsel, at=AT)
    hold_somebody(case, counsel)
    names = made.names | {"notices": notice.uid, "measures": measure.uid, "deadlines": order.uid}
    world = PageWorld(case, names, {})
    world.visitors.update(visitors(case, counsel))
    world.odd.update(odd_parts(world, counsel, payment=payment.uid, order=order))
    hide(case)
    world.odd["send_again"] = {"uid": a_failed_word(case, order, counsel).uid}
    return world


def fine() -> MeasureDraft:
    return MeasureDraft(kind="fine", procedure="ordinary", amount=Decimal(9000), currency="CNY")


def an_order(case: Case, by: Person) -> Deadline:
    """Of so many days that the invented arrangement moves its end."""
    measure = MeasureDraft(kind="order_to_correct", period_amount=FAR, period_unit="working_day")
    kind = {"kind": "rectification_order", "measures": (measure,), "issued_on": None, "number": "3"}
    notice = the_notice(case, by, **kind, served_on=DAY)
    return notice.deadlines.get(rule_id="CN-22")


def a_failed_word(case: Case, deadline: Deadline, to: Person) -> Reminder:
    """Who runs the system is told to whom and why, and nothing of the case."""
    times = dict.fromkeys(("occasion_at", "made_at", "planned_at", "try_at"), AT)
    return Reminder.objects.create(
        case=case, deadline=deadline, version=deadline.current, occasion="5wd@2025-09-08", person=to, address=to.email,
        role="owner", subject=f"{WORD} subject", text=f"{WORD} text", state="failed",
        state_reason="It could not be delivered.", answer="550 no such user", **times,
    )  # fmt: skip


def hold_somebody(case: Case, by: Person) -> None:
    somebody = a_party(kind="natural_person", name_en=f"{WORD} Somebody", name_zh=f"{WORD} 某")
    draft = AccountabilityDraft(party=somebody, kind="warning", state="decided", decided_on=DAY)
    record_accountability(case=case, draft=draft, by=by, at=AT)


def odd_parts(world: PageWorld, counsel: Person, *, payment: str, order: Deadline) -> dict[str, dict[str, Any]]:
    case, member = world.case, world.visitors["member"].person
    assert member is not None
    access, force = case.accesses.get(person=member), case.task_forces.get()
    seat = add_member(task_force=force, person=member, role="deputy", from_on=FORMED_ON, by=counsel, at=AT)
    said = {"language": "en", "words": "Said.", "made_by": "human", "by": counsel, "at": AT}
    notice, requirement = case.notices.get(uid=world.names["notices"]), case.requirements.get()
    of_notice = add_translation(record=notice, field="original_words", **said)
    of_requirement = add_translation(record=requirement, field="clause", **said)
    shift = add_shift(task_force=force, person=member, starts_at=SHIFT, ends_at=SHIFT + HOURS, by=counsel, at=AT).uid
    days = {"from_on": date(2099, 1, 1), "until_on": date(2099, 1, 2)}
    leave = take_leave(person=counsel, **days, stand_in=None, by=counsel, at=AT)
    key = make_token(person=counsel, days=9, by=counsel, at=AT)[:15]
    arrangement = imported(counsel, at=AT).arrangement.uid
    chat = add_chat(person=counsel, opened=INWARD, at=AT).uid
    room = set_room(case=case, opened=INWARD, language=Language.EN, by=counsel, at=AT).uid
    return {
        "acknowledge": {"token": "nobody-was-sent-this"}, "leave_end": {"uid": leave.uid}, "token_revoke": {"key": key},
        "chat_end": {"uid": chat}, "chat_test": {"uid": chat}, "room_end": {"uid": room},
        "person_name": {"uid": case.uid}, "access_end": {"uid": access.uid}, "access_admit": {"uid": access.uid},
        "barrier_lift": {"uid": case.barriers.get().uid}, "member_end": {"uid": seat.uid},
        "notice_translation_review": {"translation": of_notice.uid},
        "requirement_translation_review": {"translation": of_requirement.uid},
        "payment_void": {"payment": payment}, "deadline_step": {"step": "confirm"}, "case_close_way": {"way": "close"},
        "briefing": {"number": 1}, "rule": {"rule_id": "CN-12"}, "holiday_year": {"year": 2026},
        "shift_end": {"uid": shift}, "shift_withdraw": {"uid": shift},
        **{f"{of}_steps{back}": {"kind": "statutory"} for of in ("case", "house") for back in ("", "_back")},
        **{f"{of}_ladder{back}": {"clock": "days"} for of in ("case", "house") for back in ("", "_back")},
        "arrangement_confirm_one": {"uid": arrangement, "deadline": order.uid},
        **{f"arrangement{step}": {"uid": arrangement} for step in ("", "_confirm", "_reject", "_withdraw")},
    }  # fmt: skip


def hide(case: Case) -> None:
    """Every text of the case that may still change; the others were written so."""
    for label, wall in WALLS.items():
        model = apps.get_model(label)
        texts = {each.name for each in model._meta.concrete_fields if isinstance(each, (CharField, TextField))} & TEXTS
        if texts and label not in APPEND_ONLY:
            mine = model._default_manager.filter(**{wall.case or "pk": case.pk})
            mine.update(**{name: f"{WORD} {name}" for name in texts})


# ---- Who comes -------------------------------------------------------------------------------------------------------
def visitors(case: Case, counsel: Person) -> dict[str, Visitor]:
    """Each role within and without; counsel, who might do most, also with another case, behind a barrier, and past."""
    known, kept_out = {"knows": True, "sees_persons": True}, Role.COUNSEL
    come = {
        "anonymous": Visitor(None, Standing(None)),
        "counsel": visitor(counsel, owns=True, **known),
        "member": visitor(within(case, Role.MEMBER, counsel), knows=True),
        "executive": visitor(within(case, Role.EXECUTIVE, counsel), knows=True),
        "auditor": visitor(within(case, Role.AUDITOR, counsel, sees_advice=True, sees_persons=True), **known),
        **{f"a stranger, {role}": visitor(a_person(role)) for role in Role},
    }
    elsewhere, barred, gone = a_person(kept_out), within(case, kept_out, counsel), within(case, kept_out, counsel)
    the_case(elsewhere, title_en="Another matter")
    raise_barrier(case=case, person=barred, reason=WORD, by=counsel, at=AT)
    end_access(access=case.accesses.get(person=gone), by=counsel, at=AT + timedelta(hours=1))
    come |= {"with another case": visitor(elsewhere), "barred": visitor(barred), "past": visitor(gone)}
    return come


def within(case: Case, role: Role, by: Person, **seen: bool) -> Person:
    person = a_person(role)
    grant_access(case=case, person=person, reason=WORD, by=by, at=AT, **seen)
    return person


def visitor(person: Person, **standing: bool) -> Visitor:
    client = Client()
    client.force_login(person)
    return Visitor(person, Standing(Role(person.role), **standing), client.cookies.output(attrs=[], header="", sep=";"))
