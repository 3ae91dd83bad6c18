"""What a reminder says, in the reader's language, with days counted in the authority's zone."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import override_settings

from cases.actions.case import change_case
from cases.models import Deadline, Person
from tests.factories import NOW, a_person
from tests.watching import MORNING, a_deadline, a_known_case, shanghai, swept
from tracker.models import Reminder
from tracker.reminders.letters import duration_text, one_line

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.watch_urls")]
GAP = "\N{NO-BREAK SPACE}"


def the_mail(by: Person, owner: Person, *, at=MORNING, **case_fields):
    deadline = a_deadline(a_known_case(by, owner, **case_fields), by, owner=owner)
    swept(at)
    return deadline, mail.outbox[-1]


def html_of(message) -> str:
    return message.alternatives[0].content


def test_english(counsel, member):
    deadline, message = the_mail(counsel, member)

    reference = deadline.case.reference
    assert message.subject == f"Due Fri 16 Oct 2026, 1 working day left: Send the plan [{reference}]"
    assert f"Case {reference}: Hot-search list rectification" in message.body
    assert f"http://localhost:8000/en/cases/{reference}/deadlines/{deadline.uid}/" in message.body
    assert "You receive this as the owner of the deadline." in message.body


def test_simplified_chinese(counsel):
    reader = a_person(language="zh-hans")

    deadline, message = the_mail(counsel, reader)

    reference = deadline.case.reference
    assert message.subject == f"2026年10月16日 周五到期，剩余 1 个工作日：提交整改方案 [{reference}]"
    assert f"案件 {reference}：热搜榜整改" in message.body
    assert f"/zh-hans/cases/{reference}/" in message.body
    assert "您是该期限的负责人" in message.body
    assert 'lang="zh-Hans"' in html_of(message)


def test_traditional_chinese(counsel):
    reader = a_person(language="zh-hant")

    deadline, message = the_mail(counsel, reader, title_zh_hant="熱搜榜整改")

    assert message.subject.startswith("2026年10月16日 週五到期，剩餘 1 個工作日：")
    assert "熱搜榜整改" in message.body
    assert f"/zh-hant/cases/{deadline.case.reference}/" in message.body


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_no_english_is_left_in_a_chinese_mail(counsel, language):
    reader = a_person(language=language)

    _deadline, message = the_mail(counsel, reader, at=shanghai(2026, 10, 19, 8))

    words = message.body.replace("Casebook", "").splitlines()
    english = [line for line in words if any(c.isascii() and c.isalpha() for c in line) and "http" not in line]
    assert [line for line in english if _deadline.case.reference not in line] == []


def test_text_and_html_without_images_say_the_same(counsel, member):
    deadline, message = the_mail(counsel, member)

    assert "<img" not in html_of(message)
    for words in ("Due Fri 16 Oct 2026", "Send the plan", deadline.case.reference, "the owner of the deadline"):
        assert words in message.body
        assert words in html_of(message)


def test_one_thread_a_case_and_one_message_id_a_word(counsel, member):
    case = a_known_case(counsel, member)
    for _ in range(2):
        a_deadline(case, counsel, owner=member)
    swept(MORNING)

    first, second = mail.outbox
    assert first.extra_headers["References"] == second.extra_headers["References"] == f"<case-{case.uid}@localhost>"
    uids = Reminder.objects.order_by("pk").values_list("uid", flat=True)
    assert [m.extra_headers["Message-ID"] for m in mail.outbox] == [f"<{uid}@localhost>" for uid in uids]


def test_days_are_counted_in_the_authoritys_zone(counsel):
    """17:30 UTC on the 15th is already the 16th in Shanghai: the last day."""
    reader = a_person(zone="America/Los_Angeles")

    _deadline, message = the_mail(counsel, reader, at=shanghai(2026, 10, 16, 1, 30))

    assert message.subject.startswith("Due Fri 16 Oct 2026, today:")


def test_overdue_on_a_saturday_is_late_by_a_day(counsel, member):
    _deadline, message = the_mail(counsel, member, at=shanghai(2026, 10, 17, 9))

    assert message.subject.startswith("Overdue since Fri 16 Oct 2026, 1 calendar day late:")


def test_a_title_cannot_add_a_header(counsel, member):
    deadline = a_deadline(a_known_case(counsel, member), counsel, owner=member)
    Deadline.objects.filter(pk=deadline.pk).update(title_en="Plan\r\nBcc: everybody@example.com\x07\u2028x")

    swept(MORNING)

    message = mail.outbox[-1]
    assert "Plan Bcc: everybody@example.com x" in message.subject
    assert message.recipients() == [member.email]
    assert message.message()["Bcc"] is None


def test_a_title_is_escaped_in_html_and_verbatim_in_text(counsel, member):
    deadline = a_deadline(a_known_case(counsel, member), counsel, owner=member)
    Deadline.objects.filter(pk=deadline.pk).update(title_en="R&D <b>plan</b> “A”")

    swept(MORNING)

    assert "R&D <b>plan</b> “A”" in mail.outbox[-1].body
    assert "R&amp;D &lt;b&gt;plan&lt;/b&gt;" in html_of(mail.outbox[-1])


def test_a_title_in_one_language_only_is_used_for_all(counsel, member):
    case = a_known_case(counsel, member, title_zh="")
    change_case(case=case, fields={"title_en": "Hot list"}, by=counsel, at=NOW)
    reader = a_person(language="zh-hans")
    deadline = a_deadline(a_known_case(counsel, reader, title_zh=""), counsel, owner=reader)
    Deadline.objects.filter(pk=deadline.pk).update(title_zh="")

    swept(MORNING)

    assert "Send the plan" in mail.outbox[-1].subject


def test_the_link_leads_to_the_site(counsel, member):
    with override_settings(SITE_URL="https://casebook.platform.example"):
        deadline, message = the_mail(counsel, member)

    assert f"https://casebook.platform.example/en/cases/{deadline.case.reference}/deadlines/" in message.body
    assert message.extra_headers["Message-ID"].endswith("@casebook.platform.example>")


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(days=3, hours=14, minutes=5), "3 days 14 hours"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(days=1, minutes=2), "1 day 2 minutes"),
        (timedelta(seconds=59), "less than a minute"),
    ],
)
def test_a_length_of_time_in_words(length, words):
    assert duration_text(length).replace(GAP, " ") == words


def test_a_header_is_one_line_of_bounded_length():
    assert one_line(" a\r\n\tb\x07c  ") == "a b c"
    assert len(one_line("案" * 1000)) == 300


def test_chinese_subject_survives_the_wire(counsel, tmp_path):
    from email import message_from_bytes, policy

    reader = a_person(language="zh-hans")
    with override_settings(EMAIL_BACKEND="config.mail.EmlBackend", EMAIL_FILE_PATH=tmp_path):
        a_deadline(a_known_case(counsel, reader), counsel, owner=reader, due_on=date(2026, 9, 30))
        swept(NOW)

    read = message_from_bytes(next(tmp_path.iterdir()).read_bytes(), policy=policy.default)
    assert read["Subject"].strip() == Reminder.objects.get().subject
    assert "提交整改方案" in read.get_body(("plain",)).get_content()
    assert "提交整改方案" in read.get_body(("html",)).get_content()
