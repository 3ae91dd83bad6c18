"""A document's own day beside the law's: both are kept, each says the other differs, the earlier leads."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from cases.actions.deadline import choose_profile
from cases.actions.drafts import MeasureDraft
from cases.actions.event import log_event
from cases.actions.notice import record_service
from cases.actions.owed import Owed, owed
from cases.actions.rehearsal import readings
from cases.models import Case, Deadline, Person
from tests.factories import NOW, a_case, a_notice, an_authority
from tracker.status.case import case_overview
from tracker.wording import caution_text

DIFFERS = "differs_from_statute"


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


def fine(case: Case, by: Person, *, served_on: date | None = date(2026, 3, 2), **order: object):
    measure = MeasureDraft(kind="fine", procedure="ordinary", **order)
    return a_notice(case=case, by=by, measures=(measure,), issued_on=date(2026, 3, 2), served_on=served_on)


def pair(case: Case, rule: str = "CN-08") -> dict[str, Deadline]:
    return {row.kind: row for row in case.deadlines.select_related("current").filter(rule_id=rule)}


def test_a_fine_due_on_another_day_keeps_both_and_flags_both(case: Case, counsel: Person) -> None:
    fine(case, counsel, ordered_on=date(2026, 3, 10))

    law, own = pair(case)["statutory"], pair(case)["ordered"]
    assert (law.due_on, law.caution, law.differs_on) == (date(2026, 3, 17), DIFFERS, date(2026, 3, 10))
    assert (own.due_on, own.caution, own.differs_on) == (date(2026, 3, 10), DIFFERS, date(2026, 3, 17))
    assert own.current.rule_version == law.current.rule_version


def test_the_earlier_of_the_two_is_the_main_clock(case: Case, counsel: Person, now: datetime) -> None:
    fine(case, counsel, ordered_on=date(2026, 3, 10))

    assert case_overview(case, counsel, now=now).main_clock.kind == "ordered"


def test_a_period_that_only_repeats_the_law_sets_nothing(case: Case, counsel: Person) -> None:
    fine(case, counsel, period_amount=15, period_unit="day")

    assert set(pair(case)) == {"statutory"}


def test_the_same_day_is_no_difference(case: Case, counsel: Person) -> None:
    fine(case, counsel, ordered_on=date(2026, 3, 17))

    assert {(row.caution, row.differs_on) for row in pair(case).values()} == {("", None)}


def test_service_learnt_later_shows_the_difference(case: Case, counsel: Person, now: datetime) -> None:
    notice = fine(case, counsel, served_on=None, ordered_on=date(2026, 3, 10))
    assert {row.caution for row in pair(case).values()} == {""}

    record_service(notice=notice, served_on=date(2026, 3, 2), mode="direct", by=counsel, at=now)

    assert {row.caution for row in pair(case).values()} == {DIFFERS}
    assert pair(case)["ordered"].due_on == date(2026, 3, 10)


def test_a_hearing_to_be_asked_for_in_less_than_the_law_says(case: Case, counsel: Person) -> None:
    measure = MeasureDraft(kind="fine", period_amount=3, period_unit="working_day")
    a_notice(case=case, by=counsel, kind="prior_notice", measures=(measure,), served_on=date(2026, 8, 31))

    asked = pair(case, "CN-05")
    assert (asked["statutory"].due_on, asked["ordered"].due_on) == (date(2026, 9, 7), date(2026, 9, 3))
    assert asked["ordered"].caution == DIFFERS


def test_two_cautions_of_one_date_are_both_said(case: Case, counsel: Person) -> None:
    fine(case, counsel, period_amount=10, period_unit="day")

    own = pair(case)["ordered"]
    assert own.caution.split() == ["reading_not_chosen", DIFFERS]
    said = caution_text(own.caution, own.differs_on)
    assert "until counsel chooses" in said
    assert "17 Mar 2026" in said.replace("\N{NO-BREAK SPACE}", " ")


# ---- The day a notice itself sets ------------------------------------------------------------------------------------
def test_a_prior_notice_sets_its_own_day_to_defend(case: Case, counsel: Person) -> None:
    a_notice(
        case=case, by=counsel, kind="prior_notice", measures=(), served_on=date(2026, 8, 31),
        ordered_on=date(2026, 9, 4),
    )  # fmt: skip

    assert case.deadlines.get(rule_id="CN-04").due_on == date(2026, 9, 4)


def test_a_prior_notice_that_names_days_waits_for_counsel_to_read_them(case: Case, counsel: Person) -> None:
    a_notice(
        case=case, by=counsel, kind="prior_notice", measures=(), served_on=date(2026, 9, 3), period_amount=5,
        period_unit="day",
    )  # fmt: skip
    defence = case.deadlines.get(rule_id="CN-04")
    assert (defence.due_on, defence.caution) == (date(2026, 9, 8), "reading_not_chosen")

    choose_profile(deadline=defence, profile="CN-WD", by=counsel, at=NOW)

    defence.refresh_from_db()
    assert (defence.due_on, defence.caution) == (date(2026, 9, 10), "")


def test_without_a_day_of_its_own_it_still_waits_for_one(case: Case, counsel: Person) -> None:
    a_notice(case=case, by=counsel, kind="prior_notice", measures=(), served_on=date(2026, 8, 31))

    assert case.deadlines.get(rule_id="CN-04").current.missing == ["ordered"]


@pytest.mark.parametrize(("day", "caution"), [(date(2026, 9, 10), "below_floor"), (date(2026, 9, 25), "")])
def test_observations_asked_for_in_less_than_fourteen_days_are_flagged(
    case: Case, counsel: Person, day: date, caution: str
) -> None:
    commission = an_authority(name_en="European Commission", jurisdiction="EU", calendar="EU", zone="Europe/Brussels")
    letter = a_notice(case=case, by=counsel, kind="other", measures=(), authority=commission, ordered_on=day)

    log_event(
        case=case, name="preliminary_findings_received", occurred_on=date(2026, 9, 1), notice=letter, by=counsel, at=NOW
    )

    found = case.deadlines.get(rule_id="EU-12")
    assert (found.due_on, found.caution) == (day, caution)


# ---- The day of a decision as a whole, for all it imposes ------------------------------------------------------------
FINE = MeasureDraft(kind="fine", procedure="ordinary")


def decision(case: Case, by: Person, *measures: MeasureDraft, **order: object):
    return a_notice(
        case=case, by=by, measures=measures or (FINE,), issued_on=date(2026, 3, 2), served_on=date(2026, 3, 2), **order
    )


def test_a_day_the_decision_itself_sets_is_kept_beside_the_law_s(case: Case, counsel: Person, now: datetime) -> None:
    decision(case, counsel, ordered_on=date(2026, 3, 12))

    law, own = pair(case)["statutory"], pair(case)["ordered"]
    assert (law.due_on, law.caution, law.differs_on) == (date(2026, 3, 17), DIFFERS, date(2026, 3, 12))
    assert (own.due_on, own.caution, own.differs_on) == (date(2026, 3, 12), DIFFERS, date(2026, 3, 17))
    assert case_overview(case, counsel, now=now).main_clock.kind == "ordered"


@pytest.mark.parametrize("order", [{"period_amount": 15, "period_unit": "day"}, {}])
def test_a_decision_that_repeats_the_law_or_says_nothing_sets_nothing(
    case: Case, counsel: Person, order: dict[str, object]
) -> None:
    decision(case, counsel, **order)

    assert set(pair(case)) == {"statutory"}


def test_what_the_measure_itself_sets_goes_before_the_day_of_the_decision(case: Case, counsel: Person) -> None:
    decision(
        case, counsel, MeasureDraft(kind="fine", procedure="ordinary", ordered_on=date(2026, 3, 10)),
        ordered_on=date(2026, 3, 12),
    )  # fmt: skip

    assert pair(case)["ordered"].due_on == date(2026, 3, 10)


def test_a_fine_and_a_confiscation_each_have_the_day_of_the_decision(case: Case, counsel: Person) -> None:
    decision(
        case,
        counsel,
        FINE,
        MeasureDraft(kind="confiscation", procedure="ordinary"),
        period_amount=10,
        period_unit="day",
    )

    own = case.deadlines.filter(rule_id="CN-08", kind="ordered").order_by("pk")
    assert [(row.due_on, row.caution.split()) for row in own] == [
        (date(2026, 3, 12), ["reading_not_chosen", DIFFERS])
    ] * 2

    choose_profile(deadline=own[0], profile="CN-WD", by=counsel, at=NOW)

    assert [(row.due_on, row.caution) for row in own.all()] == [(date(2026, 3, 16), DIFFERS)] * 2
    assert {row.differs_on for row in case.deadlines.filter(rule_id="CN-08", kind="statutory")} == {date(2026, 3, 16)}


def test_an_order_to_correct_has_the_day_of_the_document_it_came_in(case: Case, counsel: Person) -> None:
    order = MeasureDraft(kind="order_to_correct")
    a_notice(
        case=case, by=counsel, kind="rectification_order", measures=(order,), issued_on=date(2026, 3, 2),
        served_on=date(2026, 3, 2), ordered_on=date(2026, 3, 12),
    )  # fmt: skip

    found = case.deadlines.get(rule_id="CN-22")
    assert (found.due_on, found.current.missing) == (date(2026, 3, 12), [])


def test_the_day_to_defend_by_is_none_to_ask_for_a_hearing(case: Case, counsel: Person) -> None:
    a_notice(
        case=case, by=counsel, kind="prior_notice", measures=(MeasureDraft(kind="fine"),), served_on=date(2026, 8, 31),
        ordered_on=date(2026, 9, 4),
    )  # fmt: skip

    assert set(pair(case, "CN-05")) == {"statutory"}


@pytest.mark.parametrize("profile", ["CN-CD", "CN-WD"])
def test_the_page_shows_each_reading_of_the_decision_s_period(
    case: Case, counsel: Person, client: Client, profile: str
) -> None:
    decision(case, counsel, period_amount=10, period_unit="day")
    client.force_login(counsel)
    own = pair(case)["ordered"]

    page = client.get(f"/en/cases/{case.reference}/deadlines/{own.uid}/")

    assert {version.profile for version in readings(own)} == {"CN-CD", "CN-WD"}
    assert f'value="{profile}"' in page.text


# ---- Doors -----------------------------------------------------------------------------------------------------------
WORDS = {
    "en": "own day and the law’s differ",
    "zh-hans": "文书所定日期与法定日期不一致",
    "zh-hant": "文書所定日期與法定日期不一致",
}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("page", ["", "deadlines/", "status/"])
def test_pages_say_that_the_days_differ(case: Case, counsel: Person, client: Client, language: str, page: str) -> None:
    fine(case, counsel, ordered_on=date(2026, 3, 10))
    client.force_login(counsel)

    assert WORDS[language] in client.get(f"/{language}/cases/{case.reference}/{page}").text


def test_the_desk_says_it_too(case: Case, counsel: Person, client: Client) -> None:
    fine(case, counsel, ordered_on=date(2026, 3, 10))
    client.force_login(counsel)

    assert "own day and the law’s differ" in client.get("/en/").text


def test_the_api_takes_a_notice_s_own_day_and_shows_the_difference(case: Case, counsel: Person, client: Client) -> None:
    client.force_login(counsel)
    body = {
        "case": case.reference, "kind": "prior_notice", "authority": an_authority().uid, "served_on": "2026-08-31",
        "ordered_on": "2026-09-02", "measures": [{"kind": "fine", "ordered_on": "2026-09-03"}],
    }  # fmt: skip

    answer = client.post("/api/v1/notices/", json.dumps(body), content_type="application/json").json()

    found = {(row["rule_id"], row["kind"]): row for row in answer["deadlines"]}
    assert found["CN-04", "ordered"]["due_on"] == "2026-09-02"
    assert found["CN-05", "statutory"]["differs_on"] == "2026-09-03"
    refused = body | {"period_amount": 3, "period_unit": "day"}
    assert client.post("/api/v1/notices/", json.dumps(refused), content_type="application/json").status_code == 400


# ---- What follows for the surcharge ----------------------------------------------------------------------------------
def owed_on(case: Case, by: Person, **order: object) -> Owed:
    fine(case, by, amount=Decimal(100_000), currency="CNY", **order)
    found = owed(case.measures.get(), at=datetime(2026, 3, 19, 2, tzinfo=UTC))
    assert found is not None
    return found


def test_an_earlier_day_of_the_document_leaves_the_surcharge_to_the_law_s_and_is_named(
    case: Case, counsel: Person
) -> None:
    found = owed_on(case, counsel, ordered_on=date(2026, 3, 10))

    assert (found.due_on, found.own_on) == (date(2026, 3, 17), date(2026, 3, 10))
    assert found.surcharge.days == 2  # 18 and 19 March


@pytest.mark.parametrize("own", [None, date(2026, 3, 17), date(2026, 3, 31)])
def test_a_day_that_is_not_earlier_leaves_nothing_to_decide(case: Case, counsel: Person, own: date | None) -> None:
    assert owed_on(case, counsel, ordered_on=own).own_on is None


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "whether it runs from the document’s already is for counsel to decide"),
        ("zh-hans", "是否自文书载明的日期起算，由法务判断"),
        ("zh-hant", "是否自文書載明的日期起算，由法務判斷"),
    ],
)
def test_page_and_api_say_that_counsel_must_decide(
    case: Case, counsel: Person, client: Client, language: str, told: str
) -> None:
    owed_on(case, counsel, ordered_on=date(2026, 3, 10))
    measure = case.measures.get()
    client.force_login(counsel)

    page = client.get(f"/{language}/cases/{case.reference}/measures/{measure.uid}/payments/").text
    said = client.get(f"/api/v1/measures/{measure.uid}/", headers={"Accept-Language": language}).json()["owed"]

    assert told in page
    assert "2026-03-10" in said["said"][1]
    assert told in said["said"][1]
    assert said["own_on"] == "2026-03-10"
