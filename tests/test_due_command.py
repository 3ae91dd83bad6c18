"""`manage.py due`: one date with its working in sentences, or a batch of lines; all of it without a database."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from cases.law.clocks import reckon
from cases.law.clocks.lines import ask_from
from cases.law.rulebook import book
from cases.working import steps

ROOT = Path(__file__).parents[1]


def due(*args, **options):
    out = io.StringIO()
    call_command("due", *args, stdout=out, **options)
    return out.getvalue()


def manage(*args, given=b"", env=None):
    command = [sys.executable, ROOT / "manage.py", "due", *args]
    return subprocess.run(
        command, input=given, capture_output=True, env={**os.environ, **(env or {})}, timeout=60, check=False
    )


def test_working_is_told_in_sentences():
    told = due("CN-05", on="2026-02-11")

    assert "CN-05 Ask for a hearing\nAdministrative Penalty Law arts. 63, 64(1), 85\n\nDue: 2026-02-25\n" in told
    assert "1. 2026-02-11 starts the clock and is not counted. [民法典 201; 民诉法 85]\n" in told
    assert "3. 2026-02-14: weekend, but a make-up working day: 1 day counted." in told
    assert "4. 2026-02-15 to 2026-02-23: public holiday." in told


def test_provisional_date_says_so_and_names_its_safe_date():
    told = due("CN-18", on="2026-08-31")

    assert (
        "Due: 2027-03-01\nPeriod ends: 2027-02-28\nSafe date: 2027-02-26\nProvisional: the working days of 2027" in told
    )
    assert "That month has no such day, so its last day counts: 2027-02-28." in told


def test_missing_fact_is_told_in_words():
    assert "Cannot be worked out: time zone missing." in due("EU-22", on="2026-03-02T10:00")
    assert "Cannot be worked out: hour missing." in due("CN-27", on="2026-03-02")


def test_rule_is_named_in_the_readers_language():
    with translation.override("zh-hans"):
        assert due("CN-05", on="2026-02-11").startswith("CN-05 要求听证\n《行政处罚法》第六十三条")
    with translation.override("zh-hant"):
        assert due("CN-05", on="2026-02-11").startswith("CN-05 要求聽證\n《行政处罚法》第六十三条")


def test_json_is_the_answer_of_the_batch_without_its_id():
    found = json.loads(due("EU-22", on="2026-10-24T10:15:00+02:00", zone="Europe/Berlin", as_json=True))

    assert found["due"] == "2026-10-27T09:15:00+01:00"
    assert [run["as"] for run in found["trace"]] == ["elapsed", "strict_reading"]


def test_calendar_is_the_one_named():
    assert "Due: 2026-10-27" in due("EU-23", on="2026-09-26", calendar="IE")


@pytest.mark.parametrize(
    ("args", "options", "said"),
    [
        (["CN-99"], {"on": "2026-03-02"}, "unknown rule 'CN-99'"),
        (["CN-12"], {"on": "yesterday"}, "trigger must be a date"),
        (["CN-12"], {"on": "2026-03-02", "calendar": "XX"}, "unknown calendar 'XX'"),
        (["CN-12"], {}, "say which RULE"),
        ([], {}, "say which RULE"),
        ([], {"batch": "no-such-file"}, "cannot read no-such-file"),
        (["CN-12"], {"on": "2026-03-02", "calendar_file": "no-such-file"}, "cannot read no-such-file"),
    ],
)
def test_mistake_is_told_in_one_sentence(args, options, said):
    with pytest.raises(CommandError, match=said):
        due(*args, **options)


def test_batch_answers_every_line_in_order(tmp_path):
    lines = [
        '{"id": 1, "rule": "CN-05", "trigger": "2026-02-11"}', "not json", '{"id": 2, "rule": "CN-12"}', "",
        '{"id": 3, "rule": "CN-99", "trigger": "2026-02-11"}', '{"id": 4, "rule": "CN-12", "trigger": "2026-08-11"}',
    ]  # fmt: skip
    (tmp_path / "asks.jsonl").write_text("\n".join(lines))

    found = [json.loads(line) for line in due(batch=str(tmp_path / "asks.jsonl")).splitlines()]

    assert [(line["id"], line.get("due"), line.get("missing"), "error" in line) for line in found] == [
        (1, "2026-02-25", None, False),
        (None, None, None, True),
        (2, None, ["served_on"], False),
        (None, None, None, True),
        (3, None, None, True),
        (4, "2026-10-10", None, False),
    ]


ARRANGEMENT = """\
id = "CN"
base = "CN"
version = "invented"
[years.2027]
source = "invented for this test"
off = [{ from = 2027-02-06, to = 2027-02-12, name = "spring_festival" }]
work = [2027-02-28]
"""


def test_calendar_file_is_used_and_named(tmp_path):
    (tmp_path / "cn-2027.toml").write_text(ARRANGEMENT)
    (tmp_path / "asks.jsonl").write_text('{"id": 1, "rule": "CN-18", "trigger": "2026-08-31"}')

    found = json.loads(due(batch=str(tmp_path / "asks.jsonl"), calendar_file=str(tmp_path / "cn-2027.toml")))

    assert (found["due"], found["provisional"], found["calendar_version"]) == ("2027-02-28", False, "CN@invented")


def test_spoilt_calendar_file_is_refused_with_its_line(tmp_path):
    (tmp_path / "cn.toml").write_text(ARRANGEMENT.replace("work =", "works ="))

    with pytest.raises(CommandError, match=r"cn\.toml, line 7: unknown key 'works'"):
        due("CN-05", on="2026-02-11", calendar_file=str(tmp_path / "cn.toml"))


def test_batch_from_stdin_needs_no_database():
    ran = manage(
        "--batch", "-", given=b'{"id":1,"rule":"CN-05","trigger":"2026-02-11"}\n\xff\n',
        env={"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
    )  # fmt: skip

    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert [line.get("due") for line in found] == ["2026-02-25", None]


def test_batch_answers_a_line_before_it_waits_for_the_next():
    command = [sys.executable, ROOT / "manage.py", "due", "--batch", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        running.stdin.write(b'{"id":1,"rule":"CN-05","trigger":"2026-02-11"}\n')
        running.stdin.flush()

        assert json.loads(running.stdout.readline())["due"] == "2026-02-25"


def test_reader_that_goes_away_ends_the_batch_without_a_traceback(tmp_path):
    (tmp_path / "asks.jsonl").write_text('{"id":1,"rule":"CN-05","trigger":"2026-02-11"}\n' * 20_000)
    command = [sys.executable, ROOT / "manage.py", "due", "--batch", tmp_path / "asks.jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.readline()
        running.stdout.close()

        assert running.stderr.read() == b""


def test_every_code_of_a_trace_has_its_sentence():
    asks = [
        {"rule": "CN-18", "trigger": "2026-08-31", "extensions": [{"amount": 3, "unit": "working_day"}]},
        {"rule": "CN-05", "trigger": "2026-02-11", "extensions": [{"until": "2026-03-30"}]},
        {"rule": "CN-22", "ordered": "2026-03-10", "suspensions": [{"from": "2026-03-05", "until": "2026-03-07"}]},
        {"rule": "EU-22", "trigger": "2026-03-02T10:15", "zone": "Europe/Berlin"},
        {"profile": "CN-WD", "amount": 3, "unit": "working_day", "trigger": "2021-09-27"},
        {"profile": "CN-M", "amount": 1, "unit": "month", "direction": "back", "trigger": "2026-03-31"},
    ]
    found = [reckon(ask_from(ask, book()), book=book()) for ask in asks]

    codes = {run.code for one in found for run in one.trace}
    assert codes == {
        "excluded_trigger", "counted", "make_up", "weekend", "holiday", "suspended", "month_arithmetic", "month_end",
        "elapsed", "rolled", "ordered", "extended", "extended_until", "strict_reading", "unpublished",
        "year_lacking",
    }  # fmt: skip
    assert all(sentence for one in found for sentence in steps(one))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", "4. 2026-02-15 至 2026-02-23：法定节假日。"),
        ("zh-hant", "4. 2026-02-15 至 2026-02-23：法定節假日。"),
    ],
)
def test_working_is_told_in_chinese(language, said):
    with translation.override(language):
        assert said in due("CN-05", on="2026-02-11")


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "缺少时区。"), ("zh-hant", "缺少時區。")])
def test_missing_fact_is_named_in_chinese(language, said):
    with translation.override(language):
        assert said in due("EU-22", on="2026-03-02T10:00")
