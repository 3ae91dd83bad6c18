"""What a party and a procedure are gives them clocks of their own; unknown, the strictest runs, with a caution."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from cases.actions.drafts import MeasureDraft
from cases.actions.event import UnknownTrait, correct_event, log_event
from cases.actions.reference import UnknownTraits, set_traits
from cases.actions.track import move_track
from cases.law.rulebook import book
from cases.models import Case, Deadline, LogEntry, Party, Person
from tests.api_world import as_, url
from tests.factories import NOW, a_case, a_notice, a_party

LEARNT = datetime(2026, 9, 23, 2, 0, tzinfo=UTC)
UNKNOWN = frozenset({"cii_operator", "central_organ"})


def a_platform(traits: list[str] | None, **more: Any) -> Party:
    return a_party(name_en="Platform", traits=traits, **more)


def an_incident(by: Person, party: Party) -> Case:
    case = a_case(by=by, party=party)
    log_event(case=case, name="incident_learnt", occurred_at=LEARNT, by=by, at=NOW)
    return case


def running(case: Case) -> dict[str, str]:
    return dict(Deadline.objects.running().filter(case=case).values_list("rule_id", "caution"))


# ---- The rulebook ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("known", "unknown", "started"),
    [
        (set(), set(), ["CN-27c"]),
        (set(), UNKNOWN, ["CN-27"]),
        (set(), {"central_organ"}, ["CN-27b"]),
        (set(), {"cii_operator"}, ["CN-27"]),
        ({"central_organ"}, {"cii_operator"}, ["CN-27", "CN-27b"]),
        ({"cii_operator"}, {"central_organ"}, ["CN-27", "CN-27b"]),
    ],
)
def test_of_the_rules_that_hang_on_what_is_unknown_the_strictest_starts(
    known: set[str], unknown: set[str], started: list[str]
) -> None:
    found = book().started_by(
        "incident_learnt", date(2026, 3, 2), party_traits=frozenset(known), unknown_traits=frozenset(unknown)
    )

    assert [rule.id for rule in found] == started


def test_rules_that_stand_for_nothing_else_are_not_weighed_against_each_other() -> None:
    found = book().started_by("reconsideration_accepted", None, unknown_traits=frozenset({"summary_reconsideration"}))

    assert [rule.id for rule in found] == ["CN-15c", "CN-16b"]  # the copy of the papers, and the decision


def test_how_long_the_authority_may_still_punish_is_the_longer_period() -> None:
    found = book().started_by("breach_ended", None, unknown_traits=frozenset({"grave_harm"}))

    assert [rule.id for rule in found] == ["CN-10b"]


# ---- The party -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("traits", "started"),
    [
        ([], {"CN-27c": ""}),
        (["cii_operator"], {"CN-27": ""}),
        (["central_organ"], {"CN-27b": ""}),
        (None, {"CN-27": "trait_unknown"}),
    ],
)
def test_incident_starts_the_clock_of_what_the_party_is(
    counsel: Person, traits: list[str] | None, started: dict[str, str]
) -> None:
    assert running(an_incident(counsel, a_platform(traits))) == started


@pytest.mark.parametrize(("own", "started"), [(None, "CN-27"), ([], "CN-27c")])
def test_brand_is_what_its_entity_is_unless_it_says_otherwise(
    counsel: Person, own: list[str] | None, started: str
) -> None:
    entity = a_party(name_en="Entity", kind="legal_entity", traits=["cii_operator"])

    assert running(an_incident(counsel, a_platform(own, belongs_to=entity))) == {started: ""}


def test_what_becomes_known_of_a_party_counts_its_open_cases_anew(counsel: Person) -> None:
    party = a_platform(None)
    case, closed = an_incident(counsel, party), an_incident(counsel, party)
    Case.objects.filter(pk=closed.pk).update(state="closed", closed_at=NOW)

    set_traits(party=party, traits=[], by=counsel, at=NOW)

    assert running(case) == {"CN-27c": ""}
    assert running(closed) == {"CN-27": "trait_unknown"}
    assert LogEntry.objects.get(verb="set_traits").facts == {"from": None, "to": []}


def test_trait_no_law_knows_is_refused_by_action_and_database(counsel: Person) -> None:
    party = a_platform(None)

    with pytest.raises(UnknownTraits):
        set_traits(party=party, traits=["rich"], by=counsel, at=NOW)
    with pytest.raises(IntegrityError, match="traits_of_a_party_are_known_to_the_law"):
        Party.objects.filter(pk=party.pk).update(traits=["rich"])


def test_traits_are_told_by_the_api(counsel: Person, member: Person) -> None:
    party = a_platform(None)
    case = an_incident(counsel, party)
    path = url(f"parties/{party.uid}/traits/")

    refused = as_(counsel).post(path, {"traits": ["rich"]})
    forbidden = as_(member).post(path, {"traits": []})
    answer = as_(counsel).post(path, {"traits": ["central_organ"]})

    assert (refused.status_code, forbidden.status_code, answer.status_code) == (400, 403, 200)
    assert answer.data["traits"] == ["central_organ"]
    assert running(case) == {"CN-27b": ""}


@pytest.mark.parametrize(("chosen", "kept"), [(["none"], []), (["cii_operator"], ["cii_operator"]), ([], None)])
def test_traits_are_kept_in_the_administration(counsel: Person, chosen: list[str], kept: list[str] | None) -> None:
    party = a_platform(["central_organ"])
    case = an_incident(counsel, party)
    client = Client()
    client.force_login(Person.objects.create_superuser("keeper@platform.example", "correct horse", given_en="Keeper"))
    sent = {"kind": party.kind, "name_en": party.name_en, "traits": chosen}

    answer = client.post(f"/en/admin/cases/party/{party.pk}/change/", sent)

    party.refresh_from_db()
    assert (answer.status_code, party.traits) == (302, kept)
    assert (
        running(case)
        == {None: {"CN-27": "trait_unknown"}, 0: {"CN-27c": ""}, 1: {"CN-27": ""}}[None if kept is None else len(kept)]
    )


def test_none_and_one_at_once_is_refused_in_the_administration(counsel: Person) -> None:
    party = a_platform(None)
    client = Client()
    client.force_login(Person.objects.create_superuser("keeper@platform.example", "correct horse", given_en="Keeper"))
    sent = {"kind": party.kind, "name_en": party.name_en, "traits": ["none", "cii_operator"]}

    answer = client.post(f"/en/admin/cases/party/{party.pk}/change/", sent)

    assert answer.status_code == 200
    assert "Either none of them, or those that apply." in answer.text


# ---- The procedure ---------------------------------------------------------------------------------------------------
@pytest.fixture
def case(counsel: Person) -> Case:
    case = a_case(by=counsel)
    warning = MeasureDraft(kind="warning", procedure="ordinary")
    a_notice(case=case, by=counsel, served_on=date(2026, 8, 12), measures=(warning,))
    filed = {"to_state": "reconsideration_filed", "mover": "party", "by": counsel, "at": NOW}
    move_track(track=case.tracks.get(kind="remedy"), occurred_on=date(2026, 8, 20), **filed)
    return case


def accepted(case: Case, by: Person, conditions: dict[str, bool | None]) -> dict[str, str]:
    move_track(
        track=case.tracks.get(kind="remedy"), to_state="accepted", mover="authority", occurred_on=date(2026, 8, 26),
        conditions=conditions, by=by, at=NOW,
    )  # fmt: skip
    return {rule: caution for rule, caution in running(case).items() if rule.startswith("CN-16")}


@pytest.mark.parametrize(
    ("conditions", "started"),
    [
        ({"summary_reconsideration": True}, {"CN-16b": ""}),
        ({"summary_reconsideration": False}, {"CN-16": ""}),
        ({"summary_reconsideration": None}, {"CN-16b": "trait_unknown"}),
        ({}, {"CN-16b": "trait_unknown"}),
    ],
)
def test_acceptance_starts_the_period_of_the_procedure_it_tells(
    case: Case, counsel: Person, conditions: dict[str, bool | None], started: dict[str, str]
) -> None:
    assert accepted(case, counsel, conditions) == started


def test_procedure_learnt_later_replaces_the_cautious_period(case: Case, counsel: Person) -> None:
    accepted(case, counsel, {})
    event = case.events.get(name="reconsideration_accepted")

    correct_event(
        event=event, occurred_on=event.occurred_on, traits={"summary_reconsideration": False},
        reason="The notice says so.", by=counsel, at=NOW,
    )  # fmt: skip

    assert running(case).keys() & {"CN-16", "CN-16b"} == {"CN-16"}
    assert case.deadlines.get(rule_id="CN-16b").outcome == "withdrawn"


def test_notice_of_acceptance_tells_the_procedure(case: Case, counsel: Person) -> None:
    sent = {
        "case": case.reference, "kind": "reconsideration_acceptance", "authority": case.lead_authority.uid,
        "served_on": "2026-08-26", "facts": {"summary_reconsideration": True},
    }  # fmt: skip

    answer = as_(counsel).post(url("notices/"), sent)

    assert {each["rule_id"]: each["caution"] for each in answer.data["deadlines"]} == {"CN-15c": "", "CN-16b": ""}


def test_event_tells_the_procedure_and_no_other_trait(case: Case, counsel: Person) -> None:
    told = {"case": case, "name": "reconsideration_accepted", "occurred_on": date(2026, 8, 26), "by": counsel}

    log_event(traits={"summary_reconsideration": False}, at=NOW, **told)
    with pytest.raises(UnknownTrait):
        log_event(traits={"cii_operator": True}, at=NOW, **told)

    assert "CN-16" in running(case)
