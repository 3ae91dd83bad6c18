"""Every code the figures use has its words; what is said is true of the number it is said of."""

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation

from cases import working
from cases.actions.drafts import MeasureDraft
from cases.law.clocks import Missing
from cases.law.rulebook import book
from cases.models import Deadline, Person
from tests.factories import a_case, a_notice
from tests.status_rows import a_deadline, a_task
from tracker import charts, pictures, step_words, verbs, wording
from tracker.status.board import board
from tracker.status.case import case_clocks, case_overview
from tracker.status.executive import case_status
from tracker.status.light import REASONS
from tracker.status.nouns import Reason, Sentence, Titles

ROOT = Path(__file__).parent.parent


def test_every_reason_of_the_light_has_its_words() -> None:
    assert {code for code in REASONS if not wording.reason_text(Reason(code, "red", 2))} == set()


def test_every_fact_a_rule_may_lack_has_its_name() -> None:
    assert {name for rule in book().rules for name in rule.facts if not wording.missing_text(name)} == set()
    assert wording.missing_text("hour") == "hour"


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        wording.waiting_text("coffee")


def test_every_verb_an_action_writes_has_its_words() -> None:
    """Read from the calls of write_log themselves."""
    written = set()
    for path in [*(ROOT / "cases" / "actions").glob("*.py"), ROOT / "tracker" / "briefings.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "write_log"
            if is_call and isinstance(node.args[0], ast.Constant):
                written.add(node.args[0].value)

    assert len(written) > 50
    assert written - verbs.VERBS.keys() == set()


@pytest.mark.parametrize(
    ("code", "params", "said"),
    [
        ("no_hard_date", {}, "No legal date is running against us."),
        (
            "date_ahead",
            {"title_en": "Report", "title_zh": "报告", "due_on": date(2026, 10, 9), "left": 5, "unit": "working_day"},
            "Report is due on Fri 9 Oct 2026: 5\N{NO-BREAK SPACE}working days left.",
        ),
        (
            "date_overdue",
            {"title_en": "Report", "title_zh": "报告", "due_on": date(2026, 9, 23), "left": 1, "unit": "working_day"},
            "Report was due on Wed 23 Sep 2026 and is 1\N{NO-BREAK SPACE}working day late.",
        ),
        (
            "work_done",
            {"closed": 1, "tasks": 1, "met": 0, "requirements": 7},
            "1 of 1 task is closed; 0 of 7 requirements are met.",
        ),
        (
            "worst",
            {"reason": "overdue_hard", "tone": "red", "count": 1},
            "What can hurt us most: 1 legal date is overdue.",
        ),
    ],
)
def test_a_sentence_says_its_figures(code: str, params: dict[str, object], said: str) -> None:
    assert wording.sentence_text(Sentence(code, params)) == said


def test_a_date_that_cannot_be_worked_out_says_why(db: None) -> None:
    sentence = Sentence("date_unknown", {"title_en": "Reconsideration", "title_zh": "复议", "missing": "served_on"})

    said = wording.sentence_text(sentence)

    fact = book().facts["served_on"].title_en
    assert said == f"Reconsideration: Cannot be worked out: {fact} missing."


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
@pytest.mark.parametrize("fact", ["ordered", "profile", "hour", "until", "zone", "calendar", "served_on"])
def test_a_missing_fact_is_called_alike_by_the_page_and_by_the_api(fact: str, language: str) -> None:
    with translation.override(language):
        of_the_api = working.missing_sentence(Missing((fact,)), book())

        assert wording.missing_text(fact) in of_the_api
        assert wording.missing_sentence((fact,)) == of_the_api[:-1]


def test_the_time_limit_of_an_order_is_called_one_thing() -> None:
    assert wording.missing_sentence(("ordered",)) == "Cannot be worked out: time limit ordered missing"


def test_a_title_falls_back_to_the_language_there_is() -> None:
    with translation.override("zh-hant"):
        assert wording.pick(Titles("Report", "报告", "報告")) == "報告"
        assert wording.pick(Titles("Report", "")) == "Report"
    assert wording.pick(Titles("", "报告")) == "报告"


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_every_word_is_said_in_chinese_of_both_scripts(language: str) -> None:
    tables = (
        wording.CAUTIONS, wording.WHY_PROVISIONAL, wording.WAITING, wording.DECISIONS, wording.REMEDIES,
        wording.DIFFERENCES, wording.RATINGS, wording.SENTENCES, wording.OBJECTS, verbs.VERBS,
    )  # fmt: skip
    with translation.override(language):
        said = [str(words) for table in tables for words in table.values()]
        said += [str(words) for step in step_words.STEPS.values() for words in step]
        said += [wording.counted_text(code, 2) for code in wording.REASONS]

    assert [words for words in said if not re.search(r"[\u4e00-\u9fff]", words)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_all_that_a_full_case_shows_can_be_said_and_drawn(counsel: Person, now: datetime, language: str) -> None:
    case = a_case(by=counsel, at=now, lead_counsel=counsel)
    a_notice(case=case, by=counsel, at=now)
    fine = MeasureDraft(kind="fine", amount=50000, currency="CNY")
    a_notice(case=case, by=counsel, at=now, served_on=date(2026, 9, 17), measures=(fine,))
    a_deadline(case, counsel, now, due_on=date(2026, 10, 5))
    a_task(case, counsel, now, due_on=date(2026, 9, 30), state="closed")
    found, status, desk = (
        case_overview(case, counsel, now=now),
        case_status(case, counsel, now=now),
        board(counsel, now=now),
    )

    with translation.override(language):
        words = [
            *(wording.sentence_text(sentence) for sentence in status.bottom_line),
            *(wording.counted_text(risk.code, risk.count) for risk in status.risks),
            *(wording.decision_text(decision.code) for decision in status.decisions),
            *(wording.remedy_text(remedy.code) for remedy in status.remedies),
            *(wording.waiting_text(item.code) for item in desk.waiting.items),
            *(verbs.verb_text(row.verb) for row in found.timeline),
            *(wording.object_text(row) for row in found.timeline),
            *(text for clock in found.clocks for text in (wording.caution_text(clock.caution) or "-",)),
        ]
        drawn = [
            charts.ribbon(pictures.ribbon_figure(desk.ribbon, "ribbon")),
            charts.gantt(pictures.gantt_figure(found.clocks, "gantt", today=desk.today, holidays=status.holidays)),
            charts.burn_up(pictures.burn_up_figure(status.burn_up, "burn", "Work")),
            charts.working_calendar(pictures.working_figure(found.working, "work").calendar),
        ]

    assert all(words)
    assert len(words) > 20
    assert all("<svg" in picture for picture in drawn)


@pytest.mark.django_db
def test_a_due_date_for_a_page_says_what_is_missing_and_never_a_date(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel, at=now)
    a_notice(case=case, by=counsel, at=now)

    shown = [pictures.due(clock, missing_url="/add/") for clock in case_clocks(case, now=now)]

    assert shown
    assert {(due.due_on, due.due_at, due.left, due.missing_url) for due in shown} == {(None, None, None, "/add/")}
    assert {due.missing for due in shown} == {(book().facts["served_on"].title_en,)}


@pytest.mark.django_db
def test_the_steps_are_said_with_their_dates(counsel: Person) -> None:
    now = datetime(2025, 9, 12, 1, 0, tzinfo=UTC)
    case = a_case(by=counsel, at=now)
    order = MeasureDraft(kind="order_to_correct", period_amount=15, period_unit="working_day", period_profile="CN-WD")
    served = {"served_on": date(2025, 9, 11), "issued_on": date(2025, 9, 11)}
    notice = a_notice(case=case, by=counsel, at=now, kind="rectification_order", measures=(order,), **served)
    deadline = Deadline.objects.get(notice=notice, rule_id="CN-22")

    worked = case_overview(case, counsel, now=now)
    steps = pictures.working_figure(worked.working, "w").steps

    assert worked.main_clock.uid == deadline.uid
    assert [f"{step.verb} {step.text}".replace("\N{NO-BREAK SPACE}", " ") for step in steps] == [
        "Starts the day after Thu 11 Sep 2025, which is day 0",
        "Counts 15 working days from Fri 12 Sep 2025 to Thu 9 Oct 2025",
        "Skips weekends: 5 calendar days",
        "Skips National Day (休): 8 calendar days from Wed 1 Oct 2025",
        "Counts too the make-up working days (班): Sun 28 Sep",
        "Ends on Thu 9 Oct 2025",
    ]
