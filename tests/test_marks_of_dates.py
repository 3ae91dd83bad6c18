"""What must be known beside a date (a duty's target, an open reading, a cap…): shape and word, wherever it stands."""

from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.utils.translation import override

from cases.actions import deadline as actions
from cases.actions.drafts import MeasureDraft
from cases.actions.event import log_event
from cases.models import Deadline, Person
from tests.factories import NOW, a_case, a_notice, an_authority
from tests.rooms import main_of, reading
from tracker.pictures import gantt_figure
from tracker.status.clocks import clocks
from tracker.wording import CAUTIONS, MARKS, mark_text

ORDER = MeasureDraft(kind="order_to_correct", period_amount=15, period_unit="day")


@pytest.fixture
def case(counsel: Person) -> Any:
    return a_case(by=counsel)


def clock(deadline: Deadline) -> Any:
    return clocks(Deadline.objects.filter(pk=deadline.pk), now=NOW, most=1)[0]


def served(case: Any, by: Person, rule_id: str = "CN-18", **more: Any) -> Deadline:
    a_notice(case=case, by=by, **{"served_on": date(2026, 8, 31), "service_mode": "direct", **more})
    found: Deadline = case.deadlines.get(rule_id=rule_id)
    return found


def a_duty(case: Any, by: Person) -> Deadline:
    log_event(case=case, name="illegal_information_found", occurred_on=date(2026, 9, 23), by=by, at=NOW)
    found: Deadline = case.deadlines.get(rule_id="CN-23")
    return found


def ordered(case: Any, by: Person) -> Deadline:
    return served(case, by, "CN-22", kind="rectification_order", measures=(ORDER,), served_on=date(2026, 9, 11))


def extended(case: Any, by: Person) -> Deadline:
    deadline = served(case, by)
    asked = actions.ask_extension(deadline=deadline, amount=10, unit="day", by=by, at=NOW)
    actions.grant_extension(extension=asked, decided_on=date(2026, 9, 20), by=by, at=NOW)
    return deadline


def suspended(case: Any, by: Person) -> Deadline:
    deadline = served(case, by)
    actions.suspend(
        deadline=deadline, from_on=date(2026, 9, 10), until_on=date(2026, 9, 20), reason="Flood", by=by, at=NOW
    )
    return deadline


def standing_still(case: Any, by: Person) -> Deadline:
    deadline = served(case, by)
    actions.suspend(deadline=deadline, from_on=date(2026, 9, 10), reason="Flood", by=by, at=NOW)
    return deadline


def watched(case: Any, by: Person) -> Deadline:
    known = {"summary_reconsideration": False}
    log_event(case=case, name="reconsideration_accepted", occurred_on=date(2026, 9, 1), traits=known, by=by, at=NOW)
    found: Deadline = case.deadlines.filter(actor="authority").first()
    return found


def unsure(case: Any, by: Person) -> Deadline:
    log_event(case=case, name="reconsideration_accepted", occurred_on=date(2026, 9, 1), by=by, at=NOW)
    found: Deadline = case.deadlines.get(rule_id="CN-16b")
    return found


def breach(case: Any, by: Person) -> Deadline:
    at = datetime(2026, 9, 23, 7, 20, tzinfo=UTC)
    log_event(
        case=case, name="personal_data_breach_aware", occurred_on=date(2026, 9, 23), occurred_at=at,
        zone="Europe/Dublin", authority=an_authority(name_en="DPC", jurisdiction="IE", calendar="IE"), by=by, at=NOW,
    )  # fmt: skip
    found: Deadline = case.deadlines.get(rule_id="EU-22")
    return found


@pytest.mark.parametrize(
    ("make", "marks"),
    [
        (served, ()),
        (a_duty, ("internal_target",)),
        (ordered, ("reading_not_chosen",)),
        (extended, ("extended",)),
        (suspended, ("suspended",)),
        (standing_still, ("stands_still",)),
        (watched, ("watch_only",)),
        (unsure, ("watch_only", "trait_unknown")),
        (breach, ("strict_reading",)),
    ],
)
def test_a_clock_carries_its_marks(make: Any, marks: tuple[str, ...], counsel: Person, case: Any) -> None:
    assert clock(make(case, counsel)).marks == marks


def test_marks_of_the_trace_are_read_from_the_version_that_leads(counsel: Person, case: Any) -> None:
    deadline = served(case, counsel)
    line = {"from": "2026-10-01", "to": "2026-10-02", "as": "capped", "n": -1, "cite": ""}
    floor = {**line, "as": "below_floor"}
    deadline.versions.update(trace=[*deadline.current.trace, line, floor])

    assert clock(deadline).marks == ("capped", "below_floor")


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_every_mark_has_shape_and_word_in_every_language(language: str) -> None:
    english = {code: mark_text(code) for code in MARKS}

    with override(language):
        assert all(mark_text(code)[1] not in ("", told) for code, (_tone, told) in english.items())
    assert set(CAUTIONS) <= set(MARKS)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (a_duty, "internal target: no statutory number"),
        (ordered, "two readings, the earlier leads"),
        (extended, "extended"),
        (suspended, "stood still for a while"),
        (standing_still, "stands still"),
        (breach, "a strict reading ends later, not relied on"),
    ],
)
def test_page_list_desk_and_status_page_show_the_mark(make: Any, told: str, counsel: Person, case: Any) -> None:
    deadline = make(case, counsel)
    client, place = reading(counsel), f"/en/cases/{case.reference}"

    for path in (f"{place}/deadlines/{deadline.uid}/", f"{place}/deadlines/", "/en/", f"{place}/status/"):
        shown = unescape(main_of(client.get(path)))
        assert f"</svg>{told}</span>" in shown, path


def test_a_duty_is_no_date_of_the_law(counsel: Person, case: Any) -> None:
    deadline = a_duty(case, counsel)
    found, client, place = clock(deadline), reading(counsel), f"/en/cases/{case.reference}"

    page = unescape(main_of(client.get(f"{place}/deadlines/{deadline.uid}/")))
    listed = unescape(main_of(client.get(f"{place}/deadlines/")))

    assert (found.missing, found.due_on, found.is_hard) == ((), None, False)
    assert "At once (立即): the law gives no number" in page
    assert "Cannot be worked out" not in page + listed
    assert gantt_figure([found], "g", today=date(2026, 9, 24)).rows == ()
    assert "Waiting for a fact" not in main_of(client.get("/en/"))


def test_a_limit_of_the_authority_is_watched_only(counsel: Person, case: Any) -> None:
    deadline = watched(case, counsel)

    shown = unescape(main_of(reading(counsel).get(f"/en/cases/{case.reference}/deadlines/{deadline.uid}/")))

    assert "</svg>watch only</span>" in shown
    assert "The authority’s limit ends" in shown


def test_an_order_in_days_shows_both_readings_the_earlier_first(counsel: Person, case: Any) -> None:
    deadline = ordered(case, counsel)

    page = reading(counsel).get(f"/en/cases/{case.reference}/deadlines/{deadline.uid}/")

    found = [(each.profile, each.due_on, each.leads) for each in page.context["readings"]]
    assert found == [("CN-CD", date(2026, 9, 28), True), ("CN-WD", date(2026, 10, 9), False)]
    assert "Fri 9 Oct 2026" in unescape(main_of(page))


def test_a_reading_chosen_leaves_nothing_open(counsel: Person, case: Any) -> None:
    deadline = ordered(case, counsel)
    actions.choose_profile(deadline=deadline, profile="CN-WD", by=counsel, at=NOW)

    page = reading(counsel).get(f"/en/cases/{case.reference}/deadlines/{deadline.uid}/")

    assert page.context["readings"] == ()
    assert "two readings" not in page.text
