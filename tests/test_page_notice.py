"""One notice: what it started, its service recorded later, its words translated, its mistakes put right."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from cases.actions.case import grant_access
from cases.actions.translation import add_translation
from cases.models import Deadline, Notice, Person, Translation
from tests.factories import NOW, a_case, a_notice


@pytest.fixture
def case(counsel: Person) -> Any:
    return a_case(by=counsel)


@pytest.fixture
def desk(client: Client, counsel: Person) -> Client:
    client.force_login(counsel)
    return client


def url(notice: Notice, step: str = "") -> str:
    return f"/en/cases/{notice.case.reference}/notices/{notice.uid}/{step}"


def words(answer: Any) -> str:
    return unescape(answer.text).replace("\N{NO-BREAK SPACE}", " ")


# ---- Who may ---------------------------------------------------------------------------------------------------------
STEPS = ["service/", "translate/", "void/", "move/", "replace/"]


@pytest.mark.parametrize("step", ["", *STEPS])
def test_notice_is_hidden_from_an_outsider(client, counsel, outsider, case, step):
    notice = a_notice(case=case, by=counsel)
    client.force_login(outsider)

    answer = client.post(url(notice, step)) if step else client.get(url(notice))

    assert answer.status_code == 404


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", ["member", "executive", "auditor"])
def test_only_counsel_puts_a_notice_right_and_members_translate(*, client, request, counsel, case, who, step):
    notice, person = a_notice(case=case, by=counsel, original_words="警告"), request.getfixturevalue(who)
    grant_access(case=case, person=person, reason="asked", by=counsel, at=NOW)
    client.force_login(person)

    answer = client.post(url(notice, step), {})

    assert answer.status_code == (422 if (who, step) == ("member", "translate/") else 403)
    assert Notice.objects.filter(voided_at__isnull=True).count() == 1


@pytest.mark.parametrize("who", ["member", "executive", "auditor"])
def test_readers_see_the_notice_and_no_step_they_may_not_take(client, request, counsel, case, who):
    notice, person = a_notice(case=case, by=counsel), request.getfixturevalue(who)
    grant_access(case=case, person=person, reason="asked", by=counsel, at=NOW)
    client.force_login(person)

    shown = client.get(url(notice))

    assert "沪网信罚〔2026〕1号" in shown.text
    assert [step for step in ("service/", "void/", "move/", "replace/") if url(notice, step) in shown.text] == []


# ---- The page --------------------------------------------------------------------------------------------------------
def test_notice_shows_its_measure_its_clocks_and_the_article_that_was_not_kept(desk, counsel, case):
    shown = words(desk.get(url(a_notice(case=case, by=counsel))))

    for told in (
        "Service date missing",
        "Warning",
        "Penalty",
        "Ordinary",
        "2 dates wait for it.",
        "not met or not shown",
    ):
        assert told in shown
    assert shown.count("Cannot be worked out: ") == 2


def test_notice_with_no_measure_and_no_words_says_so(desk, counsel, case):
    shown = words(desk.get(url(a_notice(case=case, by=counsel, kind="other", measures=(), number=""))))

    for told in ("It imposes no measure.", "The words of the document are not recorded.", "No clock of the law"):
        assert told in shown


# ---- Service ---------------------------------------------------------------------------------------------------------
def test_service_recorded_later_dates_what_waited(desk, counsel, case):
    notice = a_notice(case=case, by=counsel)

    answer = desk.post(
        url(notice, "service/"),
        {"service-served_on": "2026-08-31", "service-service_mode": "direct", "service-revision": notice.revision},
        follow=True,
    )

    assert "The service is recorded." in answer.text
    assert "Service date missing" not in answer.text
    assert Deadline.objects.get(rule_id="CN-18").due_on == date(2027, 3, 1)


SERVICE = [
    ({"service-served_on": "2026-08-09", "service-service_mode": "mail"}, 409, "cannot be served before the date"),
    ({"service-served_on": "2089-01-01", "service-service_mode": "mail"}, 409, "still to come"),
    ({"service-served_time": "09:30", "service-service_mode": "mail"}, 422, "An hour needs its day."),
    ({"service-served_on": "2026-08-31", "service-service_mode": "pigeon"}, 422, "Select a valid choice"),
    ({"service-served_on": "2026-08-31", "service-service_mode": "mail", "service-zone": "Mars/Base"}, 422, "valid"),
]


@pytest.mark.parametrize(("sent", "status", "told"), SERVICE)
def test_awkward_service_is_named_and_changes_nothing(*, desk, counsel, case, sent, status, told):
    notice = a_notice(case=case, by=counsel)

    answer = desk.post(url(notice, "service/"), sent | {"service-revision": notice.revision})

    assert answer.status_code == status
    assert told in words(answer)
    assert Notice.objects.get().served_on is None


def test_hour_of_service_is_in_the_zone_given(desk, counsel, case):
    notice = a_notice(case=case, by=counsel)
    sent = {"served_on": "2026-08-31", "served_time": "00:30", "service_mode": "mail", "zone": "Asia/Shanghai"}

    sent = sent | {"revision": notice.revision}
    desk.post(url(notice, "service/"), {f"service-{name}": value for name, value in sent.items()})

    notice.refresh_from_db()
    assert notice.served_on == date(2026, 8, 31)
    assert "Mon 31 Aug 2026 00:30" in words(desk.get(url(notice)))


# ---- Words -----------------------------------------------------------------------------------------------------------
def test_translation_stands_beside_the_original_until_the_original_is_corrected(desk, counsel, case):
    notice = a_notice(case=case, by=counsel, original_words="决定给予警告。")
    sent = {"language": "en", "words": "A warning is given.", "made_by": "machine"}
    desk.post(url(notice, "translate/"), {f"translation-{name}": value for name, value in sent.items()})
    fresh = desk.get(url(notice)).text
    Notice.objects.update(original_words="决定给予警告，并处罚款。")

    stale = desk.get(url(notice)).text

    assert "A warning is given." in fresh
    assert "The original was corrected since" not in fresh
    assert "The original was corrected since" in stale


def test_translation_is_reviewed_by_who_has_read_it(desk, counsel, member, case):
    notice = a_notice(case=case, by=counsel, original_words="决定给予警告。")
    made = add_translation(
        record=notice, field="original_words", language="en", words="A warning.", made_by="human", by=member, at=NOW
    )

    desk.post(url(notice, f"translations/{made.uid}/review/"))

    assert Translation.objects.get().reviewed_by == counsel
    assert "reviewed by" in desk.get(url(notice)).text


# ---- Mistakes --------------------------------------------------------------------------------------------------------
def test_voided_notice_stays_with_its_reason_and_its_dates_withdrawn(desk, counsel, case):
    notice = a_notice(case=case, by=counsel)

    shown = desk.post(url(notice, "void/"), {"void-reason": "Logged twice"}, follow=True).text

    assert "Logged twice" in shown
    assert url(notice, "service/") not in shown
    assert {deadline.outcome for deadline in case.deadlines.all()} == {"withdrawn"}


def test_void_without_a_reason_is_refused(desk, counsel, case):
    answer = desk.post(url(a_notice(case=case, by=counsel), "void/"), {"void-reason": "  "})

    assert answer.status_code == 422
    assert Notice.objects.get().voided_at is None


def test_notice_moves_to_its_right_case_and_is_found_there(desk, counsel, case):
    notice, right = a_notice(case=case, by=counsel), a_case(by=counsel)

    shown = desk.post(
        url(notice, "move/"), {"move-to": right.reference.lower(), "move-reason": "Other party"}, follow=True
    )

    assert shown.redirect_chain[0][0] == f"/en/cases/{right.reference}/notices/{notice.uid}/"
    assert "The notice is in its right case." in shown.text
    assert desk.get(url(notice)).status_code == 404


def test_notice_does_not_move_to_a_case_one_may_not_know_of(desk, counsel, outsider, case):
    notice, hidden = a_notice(case=case, by=counsel), a_case(by=outsider)

    answer = desk.post(url(notice, "move/"), {"move-to": hidden.reference, "move-reason": "Other party"})

    assert answer.status_code == 422
    assert "There is no such case that you may know of." in answer.text
    assert Notice.objects.get().case == case


def test_notice_is_in_its_case_already(desk, counsel, case):
    notice = a_notice(case=case, by=counsel)

    answer = desk.post(url(notice, "move/"), {"move-to": case.reference, "move-reason": "x"})

    assert answer.status_code == 409
    assert "The notice is in that case already." in answer.text
