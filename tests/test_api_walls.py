"""Every door of the API, found from the resolver: who gets 401, who 404, who 403, and that each has a stated policy."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse
from rest_framework.test import APIClient

from cases.actions.case import end_access, raise_barrier
from cases.models import CaseAccess, Person, Role
from cases.permissions import POLICY
from tests.addresses import patterns
from tests.api_world import AT, World, a_world, as_, the_case, url

pytestmark = pytest.mark.django_db

# What each door that changes something asks for; a new door without a line here fails.
VERBS = """
authorities-list log_notice · parties-list log_notice · parties-traits log_notice
people-deactivate keep_people · people-erase keep_people · parties-erase keep_people
cases-list log_notice · cases-change change_case
calendars-list import_arrangement
cases-close close_case · cases-close-unknown close_case · cases-reopen close_case
cases-people grant_access · cases-grant-access grant_access · cases-end-access grant_access
cases-admit grant_access
cases-raise-barrier grant_access · cases-lift-barrier grant_access
tracks-list move_track · tracks-move move_track
events-list log_event · events-foretell log_event · events-correct log_event · events-void void
accountability-list hold_responsible · accountability-change hold_responsible
accountability-void hold_responsible · contacts-mark change_mark · evidence-mark change_mark · tasks-mark change_mark
measures-payments record_payment · measures-prove-payment record_payment · measures-void-payment record_payment
measures-agree-instalments record_payment · measures-withdraw-instalments record_payment
notices-list log_notice · notices-record-service record_service · notices-void void · notices-replace void
notices-move move_notice · contacts-list log_contact
requirements-list add_requirement · requirements-change add_requirement · requirements-done mark_requirement_done
requirements-sign-off sign_off · requirements-reopen sign_off · requirements-withdraw add_requirement
deadlines-list decide_deadline · deadlines-extend decide_deadline · deadlines-grant-extension decide_deadline
deadlines-withdraw-extension decide_deadline
deadlines-refuse-extension decide_deadline · deadlines-suspend decide_deadline · deadlines-resume decide_deadline
deadlines-confirm decide_deadline · deadlines-withdraw-proposal decide_deadline
deadlines-choose-profile decide_deadline · deadlines-override decide_deadline · deadlines-waive decide_deadline
deadlines-meet decide_deadline · deadlines-assign decide_deadline
deadlines-steps change_reminders · deadlines-steps-back change_reminders · deadlines-notified see_outbox
cases-steps change_reminders · cases-steps-back change_reminders · cases-ladder change_reminders
cases-ladder-back change_reminders · reminders-house-steps keep_reminders · reminders-house-steps-back keep_reminders
reminders-house-ladder keep_reminders · reminders-house-ladder-back keep_reminders
task-forces-list form_task_force · task-forces-members form_task_force · task-forces-shifts form_task_force
task-forces-end-shift form_task_force · task-forces-withdraw-shift form_task_force
task-forces-end-membership form_task_force · tasks-list add_task · tasks-assign assign_task · tasks-start work_on_task
tasks-block work_on_task · tasks-submit work_on_task · tasks-complete work_on_task · tasks-reopen work_on_task
updates-list post_update · flagged-content-list flag · flagged-content-confirm review_flagged
flagged-content-dismiss review_flagged · flagged-content-dispose flag · flagging-rules-list flag
flagging-rules-defaults flag · flagging-rules-retire flag
imports-list import_hot_list · imports-reflag import_hot_list
evidence-list add_evidence · evidence-download read_evidence · evidence-accept review_evidence
evidence-send-back review_evidence · evidence-link add_evidence · evidence-supersede review_evidence
evidence-verify read_evidence · legal-holds-list hold · legal-holds-release hold · filings-list file
filings-attach-receipt file · filings-void void
classified-papers-list note_classified_paper · classified-papers-void note_classified_paper
export-approvals-list record_export_approval
export-approvals-void record_export_approval · briefings-list sign_briefing
subscriptions-list view · subscriptions-end view · reminders-acknowledge view
"""
PUBLIC = {("post", "token"), ("get", "schema"), ("get", "api-docs")}
OF_THE_HOUSE = {"people", "authorities", "parties", "rules", "calendars"}  # reference data: no case, no wall
# 404 for whose they are not, whatever their role.
OWN = {("get", "subscriptions-detail"), ("post", "subscriptions-end"), ("post", "reminders-acknowledge")}
SEEN_BY = {"reminders": "see_outbox"}


@dataclass(frozen=True)
class Door:
    method: str
    name: str
    may: str
    kwargs: tuple[str, ...]

    @property
    def noun(self) -> str:
        return next(noun for noun in sorted(NOUNS, key=len, reverse=True) if self.name.startswith(noun))

    def path(self, world: World) -> str:
        return reverse(self.name, kwargs=dict.fromkeys(self.kwargs, world.names.get(self.noun)))


NOUNS = {
    "people", "authorities", "parties", "cases", "tracks", "events", "notices", "measures", "contacts", "requirements",
    "deadlines", "task-forces", "tasks", "updates", "flagged-content", "flagging-rules", "captures", "evidence",
    "legal-holds", "filings", "accountability", "log", "reminders", "briefings", "rules", "calendars", "imports",
    "token", "schema", "api", "classified-papers", "export-approvals", "subscriptions",
}  # fmt: skip


def verbs() -> dict[str, str]:
    """Door → the verb it asks, as stated."""
    return dict(line.split() for line in VERBS.replace("\n", "·").split("·") if line.strip())


def doors() -> list[Door]:
    api = [pattern for path, pattern in patterns(get_resolver()) if path.startswith("api/v1/")]
    return [door for pattern in api for door in doors_of(pattern)]


def doors_of(pattern: URLPattern) -> Iterator[Door]:
    view = pattern.callback
    kwargs = tuple(pattern.pattern.regex.groupindex)
    cls = getattr(view, "cls", None)
    if cls is None:
        yield Door("get", pattern.name, "", kwargs)
        return
    named = getattr(view, "actions", None) or {m: m for m in ("get", "post", "delete") if hasattr(cls, m)}
    for method, action in {each: named[each] for each in named if each != "head"}.items():
        yield Door(method, pattern.name, getattr(getattr(cls, action), "may", ""), kwargs)


def status(client: APIClient, door: Door, world: World, data: Any = None) -> int:
    """What the door answers; whatever it did is taken back."""
    sent = {"format": "multipart"} if door.noun in {"evidence", "imports"} and door.kwargs == () else {}
    sent = {} if door.name == "imports-reflag" else sent
    with transaction.atomic():
        answer = getattr(client, door.method)(door.path(world), data if data is not None else {}, **sent)
        transaction.set_rollback(True)
    if answer.streaming:
        list(answer.streaming_content)  # read to its end it closes its file
    return answer.status_code


def closed_doors() -> list[Door]:
    return [door for door in doors() if (door.method, door.name) not in PUBLIC]


def of_cases() -> list[Door]:
    """Doors to one row that belongs to a case."""
    return [door for door in closed_doors() if door.kwargs and door.noun not in OF_THE_HOUSE]


def test_every_door_that_changes_something_has_its_stated_policy() -> None:
    stated = verbs()
    found = {door.name: door.may for door in doors() if door.may}
    unstated = [door for door in closed_doors() if door.method != "get" and not door.may]

    assert found == stated
    assert [(door.method, door.name) for door in unstated] == [("delete", "token"), ("post", "rules-due")]
    assert set(found.values()) <= set(POLICY)


def test_every_noun_of_the_design_has_its_list() -> None:
    lists = {door.name for door in doors() if door.method == "get" and door.name.endswith("-list")}

    assert lists == {f"{noun}-list" for noun in NOUNS - {"token", "schema", "api"}}


def test_anonymous_is_told_to_sign_in_everywhere(counsel: Person) -> None:
    world = a_world(counsel)

    answers = {(door.method, door.name): status(APIClient(), door, world) for door in closed_doors()}

    assert {door: code for door, code in answers.items() if code != 401} == {}
    assert len(answers) > 110


def test_who_may_not_know_of_a_case_finds_nothing_of_it(counsel: Person, outsider: Person) -> None:
    world = a_world(counsel)

    answers = {(door.method, door.name): status(as_(outsider), door, world) for door in of_cases()}

    assert {door: code for door, code in answers.items() if code != 404} == {}
    assert len(answers) > 70


@pytest.mark.parametrize("gone", ["barred", "ended", "administrator"])
def test_a_barrier_an_ended_access_and_an_administrator_find_nothing_either(
    gone: str, counsel: Person, outsider: Person, administrator: Person
) -> None:
    world = a_world(counsel, outsider, administrator)
    if gone == "barred":
        raise_barrier(case=world.case, person=outsider, reason="a conflict", by=counsel, at=AT)
    if gone == "ended":
        end_access(access=CaseAccess.objects.get(person=outsider), by=counsel, at=AT)
    person = administrator if gone == "administrator" else outsider

    answers = {(door.method, door.name): status(as_(person), door, world) for door in of_cases()}

    assert {door: code for door, code in answers.items() if code != 404} == {}


def test_lists_hold_nothing_of_a_case_one_may_not_know_of(counsel: Person, outsider: Person) -> None:
    a_world(counsel)

    lists = [door for door in doors() if door.name.endswith("-list") and door.method == "get"]
    found = {door.noun: as_(outsider).get(reverse(door.name)).data["results"] for door in lists}

    assert {noun for noun, rows in found.items() if rows} == OF_THE_HOUSE


def test_a_case_behind_the_wall_cannot_be_told_from_none(counsel: Person, outsider: Person) -> None:
    hidden = the_case(counsel)

    answers = [
        as_(outsider).post(url("tasks/"), {"case": reference, "title_en": "Look"}).data
        for reference in (hidden.reference, "XIA-2025-NOBODY")
    ]

    assert answers[0] == answers[1]
    assert answers[0]["details"]["fields"] == {"case": ["There is no such case that you may know of."]}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.EXECUTIVE, Role.AUDITOR])
def test_who_knows_of_the_case_but_may_not_act_is_told_who_may(role: str, counsel: Person, request: Any) -> None:
    person = request.getfixturevalue(role)
    world = a_world(counsel, person)
    barred = [door for door in closed_doors() if door.may and role not in POLICY[door.may]]

    answers = {(door.method, door.name): status(as_(person), door, world) for door in barred if door.method != "get"}

    assert {door: code for door, code in answers.items() if code != 403} == {}
    assert len(answers) > 30
    answer = as_(person).post(url(f"cases/{world.names['cases']}/close/"), {"reason": "done"})
    assert (answer.data["code"], answer.data["details"]) == ("forbidden", {"roles": ["Counsel"]})


@pytest.mark.parametrize("role", [Role.COUNSEL, Role.MEMBER, Role.EXECUTIVE, Role.AUDITOR])
def test_who_may_is_let_in(role: str, counsel: Person, request: Any) -> None:
    person = request.getfixturevalue(role)
    world = a_world(counsel, *({person} - {counsel}))
    open_to = [d for d in closed_doors() if role in POLICY[d.may or "view"] and d.name not in {"token", "rules-due"}]

    answers = {(door.method, door.name): status(as_(person), door, world) for door in open_to}

    # 400 and 409: it was read and found wanting, as an empty body is.
    wrong = {door: code for door, code in answers.items() if code not in {200, 201, 400, 409}}
    assert wrong == ({} if role == Role.COUNSEL else dict.fromkeys(OWN, 404))
    assert {code for door, code in answers.items() if door[0] == "get" and door not in OWN} == {200}


def test_an_administrator_runs_the_system_and_opens_no_case(administrator: Person, counsel: Person) -> None:
    world = a_world(counsel)
    # A calendar belongs to no case, nor do the steps of the house: those they may open.
    creating = [d for d in closed_doors() if d.may and not d.kwargs and Role.ADMINISTRATOR not in POLICY[d.may]]

    answers = {door.name: status(as_(administrator), door, world) for door in creating if door.method == "post"}

    assert set(answers.values()) == {403}
    assert as_(administrator).get(url("people/")).status_code == 200
