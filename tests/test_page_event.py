"""Events without a track: chosen by theme or found by a word, shown with what they start, logged by page and API."""

from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from cases.actions.drafts import MeasureDraft
from cases.actions.event import log_event
from cases.law.rulebook import book
from cases.models import Case, Event, LogEntry, Person
from tests.api_world import as_, url
from tests.factories import NOW, a_case, a_notice, an_authority
from tests.pages import let_in, signed_in, text_of
from tracker.forms.event import grouped_choices
from tracker.status.event_list import themes

PROCEEDINGS = [
    "dsa_proceedings_opened", "dsa_interim_measures_ordered", "dsa_observations_submitted", "dsa_commitments_offered",
    "dsa_commitments_bound", "dsa_fine_imposed", "dsa_action_plan_sent", "dsa_commission_view_received",
    "dsa_monitoring_ordered", "dsa_annulment_brought", "dsa_proceedings_closed", "osa_investigation_opened",
    "osa_representations_made", "osa_steps_complied", "osa_penalty_notice_served", "osa_disruption_applied_for",
    "osa_appeal_brought", "osa_proceedings_closed",
]  # fmt: skip
BREACH = {"name": "personal_data_breach_aware", "zone": "Europe/Dublin", "occurred_on": "2026-09-21",
          "occurred_time": "10:00"}  # fmt: skip


def irish() -> Any:
    return an_authority(name_en="Irish DPC", jurisdiction="IE", zone="Europe/Dublin", calendar="IE")


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


@pytest.fixture
def desk(counsel: Person) -> Client:
    return signed_in(counsel)


def add(case: Case, query: str = "") -> str:
    return f"/en/cases/{case.reference}/events/new/{query}"


def said(answer: Any) -> str:
    return unescape(text_of(answer)).replace("\N{NO-BREAK SPACE}", " ")


# ---- Choosing --------------------------------------------------------------------------------------------------------
def test_every_event_of_the_list_is_offered_once_under_its_theme() -> None:
    offered = [name for _theme, choices in grouped_choices() for name, _title in choices]

    assert sorted(offered) == sorted(book().events)


def test_event_without_a_theme_stands_under_whose_rules_start_on_it(case: Case, counsel: Person) -> None:
    found = {theme.name for theme in themes(case)}

    assert found <= {*book().themes, *book().jurisdictions, "other"}


def test_search_finds_by_any_language_and_by_rule(desk: Client, case: Case) -> None:
    by_word = said(desk.get(add(case, "?q=SELF-inspection")))
    by_chinese = said(desk.get(add(case, "?q=网络安全事件")))
    by_rule = said(desk.get(add(case, "?q=CN-17")))

    assert "?name=self_inspected" in by_word
    assert "?name=talk_held" not in by_word
    assert "?name=incident_learnt" in by_chinese
    assert "?name=reconsideration_period_expired" in by_rule


def test_search_without_a_find_says_so(desk: Client, case: Case) -> None:
    assert "The law knows no event by these words." in said(desk.get(add(case, "?q=full+moon")))


def test_event_of_the_list_comes_into_the_form(desk: Client, case: Case) -> None:
    page = desk.get(add(case, "?name=talk_held")).text

    assert '<option value="talk_held" selected>' in page


def test_list_says_what_each_would_start_under_the_authorities_of_the_case(desk: Client, case: Case) -> None:
    here = said(desk.get(add(case, "?q=personal_data_breach_aware")))
    case.further_authorities.create(authority=irish(), role="guiding")
    abroad = said(desk.get(add(case, "?q=personal_data_breach_aware")))

    assert "starts no clock here, is recorded" in here
    assert "Notify a personal data breach" in abroad


@pytest.mark.parametrize("further", [0, 3])
def test_page_takes_the_same_queries_whatever_the_case_holds(
    desk: Client, counsel: Person, case: Case, further: int, django_assert_num_queries: Any
) -> None:
    for number in range(further):
        place = an_authority(name_en=f"Authority {number}", jurisdiction="IE")
        case.further_authorities.create(authority=place, role="guiding")
        log_event(case=case, name="talk_held", by=counsel, at=NOW)
    desk.get(add(case))

    with django_assert_num_queries(QUERIES):
        desk.get(add(case))


QUERIES = 9


# ---- Before saving ---------------------------------------------------------------------------------------------------
def test_check_shows_the_clock_and_saves_nothing(desk: Client, counsel: Person) -> None:
    case = a_case(by=counsel, lead_authority=irish())

    shown = said(desk.post(add(case), BREACH | {"step": "check"}))

    assert "Notify a personal data breach" in shown
    assert "24 Sep 2026" in shown
    assert not Event.objects.exists()


def test_check_of_what_only_is_recorded_says_so(desk: Client, case: Case) -> None:
    shown = said(desk.post(add(case), {"name": "osa_appeal_brought", "zone": "Europe/London", "step": "check"}))

    assert "No clock of the law starts with it." in shown


def test_check_says_whose_rules_are_not_reached_and_the_named_authority_reaches_them(desk: Client, case: Case) -> None:
    irish()

    alone = said(desk.post(add(case), BREACH | {"step": "check"}))
    named = said(desk.post(add(case), BREACH | {"step": "check", "authority": "Irish DPC"}))

    assert "The rules of European Union know this event" in alone
    assert "The rules of European Union" not in named
    assert "Notify a personal data breach" in named


def test_wrong_check_is_named_and_keeps_what_was_typed(desk: Client, case: Case) -> None:
    answer = desk.post(add(case), BREACH | {"occurred_on": "21/09/2026", "note": "By mail", "step": "check"})

    assert answer.status_code == 422
    assert "By mail" in answer.text


# ---- Logging ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", PROCEEDINGS)
def test_proceedings_abroad_are_recorded_and_start_nothing(counsel: Person, case: Case, name: str) -> None:
    event = log_event(case=case, name=name, occurred_on=date(2026, 9, 1), by=counsel, at=NOW)

    assert not event.deadlines.exists()
    assert book().event(name).theme in {"eu_proceedings", "uk_proceedings"}


def test_event_is_logged_with_its_authority_and_stands_in_the_timeline(desk: Client, case: Case) -> None:
    irish()

    desk.post(add(case), BREACH | {"authority": "Irish DPC"})

    event = Event.objects.get()
    assert event.authority.name_en == "Irish DPC"
    assert sorted(event.deadlines.values_list("rule_id", flat=True)) == ["EU-22", "EU-22c"]
    assert LogEntry.objects.filter(verb="log_event").count() == 1
    timeline = said(desk.get(f"/en/cases/{case.reference}/timeline/"))
    assert "Logged an event: Aware of a personal data breach" in timeline
    assert 'datetime="2026-09-21' in timeline
    assert "Irish DPC" in said(desk.get(f"/en/cases/{case.reference}/events/{event.uid}/"))


def test_summary_procedure_is_asked_only_where_a_clock_hangs_on_it(desk: Client, counsel: Person, case: Case) -> None:
    asked = log_event(case=case, name="reconsideration_accepted", by=counsel, at=NOW)
    other = log_event(case=case, name="talk_held", by=counsel, at=NOW)
    page = f"/en/cases/{case.reference}/events/"

    desk.post(
        f"{page}{asked.uid}/correct/",
        {
            "correct-occurred_on": "2026-09-01",
            "correct-summary_reconsideration": "no",
            "correct-reason": "It says so",
            "correct-revision": asked.revision,
        },
    )

    asked.refresh_from_db()
    assert asked.traits == {"summary_reconsideration": False}
    assert "summary procedure" in desk.get(f"{page}{asked.uid}/").text
    assert "summary procedure" not in desk.get(f"{page}{other.uid}/").text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("counsel", 200),
        ("member", 403),
        ("executive", 403),
        ("auditor", 403),
        ("outsider", 404),
    ],
)
def test_events_are_logged_by_counsel_of_the_case_alone(
    request: Any, counsel: Person, case: Case, who: str, status: int
) -> None:
    person = request.getfixturevalue(who)
    if status != 404:
        let_in(case, person, by=counsel)

    page = signed_in(person).get(add(case)).status_code
    posted = signed_in(person).post(add(case), {"name": "talk_held", "zone": "UTC"}).status_code
    by_api = as_(person).post(url("events/"), {"case": case.reference, "name": "talk_held"}).status_code

    allowed = status == 200
    assert (page, posted) == (status, 302 if allowed else status)
    assert by_api == (201 if allowed else {403: 403, 404: 400}[status])
    assert Event.objects.count() == (2 if allowed else 0)


# ---- By the API ------------------------------------------------------------------------------------------------------
def test_foretold_by_the_api_is_what_is_then_started(counsel: Person, case: Case) -> None:
    sent = {
        "case": case.reference, "name": "personal_data_breach_aware", "occurred_at": "2026-09-21T10:00:00+01:00",
        "authority": irish().uid,
    }  # fmt: skip

    told = as_(counsel).post(url("events/foretell/"), sent)
    assert not Event.objects.exists()
    made = as_(counsel).post(url("events/"), sent)

    assert (told.status_code, made.status_code, made.data["zone"]) == (200, 201, "Europe/Dublin")
    assert {clock["rule_id"]: clock["due_on"] for clock in told.data["clocks"]} == {
        "EU-22": "2026-09-24", "EU-22c": None,
    }  # fmt: skip
    assert case.deadlines.get(rule_id="EU-22").due_at == datetime(2026, 9, 24, 9, 0, tzinfo=UTC)


def test_api_tells_whose_rules_are_not_reached(counsel: Person, case: Case) -> None:
    sent = {"case": case.reference, "name": "personal_data_breach_aware"}

    told = as_(counsel).post(url("events/foretell/"), sent)

    assert (told.data["clocks"], told.data["laws_not_reached"]) == ([], ["EU"])


# ---- Notices of proceedings abroad -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("dsa_information_request", "dsa_information_request_served"),
        ("dsa_preliminary_findings", "preliminary_findings_received"),
        ("dsa_non_compliance_decision", "non_compliance_decision_served"),
        ("osa_information_notice", "osa_information_notice_served"),
        ("osa_provisional_notice", "osa_provisional_notice_served"),
        ("osa_confirmation_decision", "osa_confirmation_decision_served"),
    ],
)
def test_notice_of_proceedings_is_one_event_on_its_day_of_service(
    counsel: Person, case: Case, kind: str, name: str
) -> None:
    told = {"case": case, "by": counsel, "kind": kind, "authority": irish()}
    alone = a_notice(**told, served_on=date(2026, 9, 1), measures=())
    limit = MeasureDraft(kind="other", ordered_on=date(2026, 9, 20))
    ordered = a_notice(
        case=case, by=counsel, kind=kind, authority=irish(), served_on=date(2026, 9, 2), measures=(limit,)
    )

    assert [(each.name, each.occurred_on) for each in alone.events.all()] == [(name, date(2026, 9, 1))]
    assert [(each.name, each.measure.kind) for each in ordered.events.all()] == [(name, "other")]
    assert not case.tracks.exists()
