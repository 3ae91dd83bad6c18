"""`manage.py import_hot_list FILE --case REF` says what came of it, or in one sentence why nothing did."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.actions.flagged import add_flagging_rule
from cases.models import Case, Import, LogEntry, Person
from tests.factories import NOW, a_case
from tests.hot_lists import a_list


@pytest.fixture
def case(counsel: Person) -> Case:
    found = a_case(by=counsel)
    add_flagging_rule(case=found, provision="O5-7-2", categories=["明星"], by=counsel, at=NOW)
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(a_list(("08-01 09", 1, "甲某"), ("08-01 09", "x", "乙某"), ("08-01 10", 1, "台风", "社会")))
    return path


def run(*arguments: object) -> list[str]:
    out = StringIO()
    call_command("import_hot_list", *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


def test_command_prints_the_counts_and_the_rejected_lines(case, file):
    told = run(file, "--case", case.reference)

    record = Import.objects.get()
    assert told[:4] == [
        f"Import {record.uid} of EV-001:",
        "3 rows read = 1 matched + 1 unmatched + 1 rejected.",
        "2 captures and 1 candidates added.",
        "Rejected, line 3: The rank is no whole number from 1. x",
    ]
    assert told[4].endswith(" seconds.")
    assert record.surface == "热搜榜"


def test_command_says_that_the_same_file_adds_nothing(case, file):
    run(file, "--case", case.reference)

    told = run(file, "--case", case.uid)

    record = Import.objects.get()
    day = f"{record.recorded_at:%Y-%m-%d}"
    assert told == [
        f"Nothing added: this file is in the case already, as EV-001, read by import {record.uid} on {day}."
    ]


def test_command_names_the_hours_that_stand_from_another_file(case, file, tmp_path):
    run(file, "--case", case.reference)
    other = tmp_path / "other.csv"
    other.write_bytes(a_list(("08-01 10", 1, "甲某")))

    told = run(other, "--case", case.reference)

    first = Import.objects.order_by("pk").first()
    assert f"Conflict: the hour 2025-08-01T02:00:00+00:00 stands from import {first.uid}." in told


def test_command_records_who_imports(case, file, counsel, member):
    with pytest.raises(CommandError, match=r"member@platform\.example may not import into this case"):
        run(file, "--case", case.reference, "--by", "member@platform.example")

    run(file, "--case", case.reference, "--by", "COUNSEL@platform.example")

    assert Import.objects.get().recorded_by == counsel


def test_command_without_a_name_says_for_whom_it_signs_in_output_and_log(case, file, counsel):
    told = run(file, "--case", case.reference)

    entry = LogEntry.objects.get(verb="import_hot_list")
    assert entry.person == counsel
    assert entry.reason == "Nobody was named with --by: signed on behalf of the case’s lead counsel."
    assert told[-1] == f"Signed as {counsel}. {entry.reason}"


def test_command_with_a_name_excuses_nothing(case, file, counsel):
    told = run(file, "--case", case.reference, "--by", counsel.email)

    assert LogEntry.objects.get(verb="import_hot_list").reason == ""
    assert told[-1].endswith(" seconds.")


def test_command_signs_for_who_opened_the_case_where_there_is_no_lead(case, file, counsel):
    Case.objects.update(lead_counsel=None)

    told = run(file, "--case", case.reference)

    assert told[-1].endswith("signed on behalf of the one who opened the case.")


def test_command_asks_for_a_name_where_the_case_names_nobody_who_may(case, file, counsel):
    Case.objects.update(lead_counsel=None)
    Person.objects.filter(pk=counsel.pk).update(role="auditor")

    with pytest.raises(CommandError, match=r"Say who imports: --by EMAIL\."):
        run(file, "--case", case.reference)

    assert not Import.objects.exists()


def test_command_records_when_the_reading_began_and_when_it_ended(case, file):
    run(file, "--case", case.reference)

    record = Import.objects.get()
    assert record.started_at < record.finished_at
    assert LogEntry.objects.get(verb="finish_import").recorded_at == record.finished_at


@pytest.mark.parametrize(
    ("name", "raw", "sentence"),
    [
        ("missing.csv", None, "missing.csv cannot be read: No such file or directory."),
        ("empty.csv", b"", "The file is empty."),
        ("other.csv", b"a,b\n1,2\n", r"The first line does not name the columns .* \(captured_at, rank"),
    ],
)
def test_command_says_in_one_sentence_why_a_file_cannot_be_read(case, tmp_path, name, raw, sentence):
    if raw is not None:
        (tmp_path / name).write_bytes(raw)

    with pytest.raises(CommandError, match=sentence) as refused:
        run(tmp_path / name, "--case", case.reference)

    assert refused.value.returncode == 1


def test_command_says_that_there_is_no_such_case(db, file):
    with pytest.raises(CommandError, match="There is no case CN-0000"):
        run(file, "--case", "CN-0000")
