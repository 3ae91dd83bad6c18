"""A killed import is found and started over; two at once make one."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from cases.actions import hot_list
from cases.actions.evidence import BytesMissing
from cases.actions.hot_list import UnreadableHotList, begin_import, import_hot_list, run_import, unfinished
from cases.actions.received import the_store
from cases.models import Capture, Case, Import, Person, Role, Sighting
from tests.factories import NOW, a_case, a_person
from tests.hot_lists import a_list

RAW = a_list(*[("08-01 09", n, f"甲某{n}") for n in range(1, 20)], *[("08-01 10", n, f"甲某{n}") for n in range(1, 20)])


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


def begun(case: Case, by: Person) -> Import:
    return begin_import(case=case, surface="榜", file=io.BytesIO(RAW), filename="l.csv", by=by, at=NOW).record


def test_an_import_waits_as_a_row_until_it_is_run(case, counsel):
    record = begun(case, counsel)
    assert (record.state, list(unfinished()), Capture.objects.count()) == ("waiting", [record], 0)

    done = run_import(importing=record, at=NOW)

    assert (done.state, done.captures_added, list(unfinished())) == ("done", 2, [])


def test_an_import_ends_when_the_doors_clock_says_so(case, counsel):
    done = run_import(importing=begun(case, counsel), at=NOW, clock=lambda: NOW + timedelta(minutes=3))

    assert (done.started_at, done.finished_at) == (NOW, NOW + timedelta(minutes=3))


def test_an_unreadable_file_fails_when_the_doors_clock_says_so(case, counsel):
    broken = begin_import(case=case, surface="榜", file=io.BytesIO(b"x"), filename="l.csv", by=counsel, at=NOW).record

    with pytest.raises(UnreadableHotList):
        run_import(importing=broken, at=NOW, clock=lambda: NOW + timedelta(minutes=3))

    assert Import.objects.get().finished_at == NOW + timedelta(minutes=3)


def test_an_import_killed_while_it_read_is_resumed_by_the_same_file(case, counsel):
    record = begun(case, counsel)
    hot_list._mark_running(record, at=NOW)  # all that a kill leaves behind: the reading is one transaction

    again = import_hot_list(case=case, surface="榜", file=io.BytesIO(RAW), filename="l.csv", by=counsel, at=NOW)

    assert again.record == record
    assert not again.is_repeat
    assert (again.record.state, again.record.captures_added, Import.objects.count()) == ("done", 2, 1)


def test_running_a_done_import_again_changes_nothing(case, counsel):
    record = run_import(importing=begun(case, counsel), at=NOW)
    custody = record.evidence.custody.count()

    again = run_import(importing=record, at=NOW)

    assert (again.finished_at, again.rows_matched) == (record.finished_at, record.rows_matched)
    assert (Sighting.objects.count(), record.evidence.custody.count()) == (38, custody)


def test_a_kept_file_that_was_altered_is_not_read(case, counsel):
    record = begun(case, counsel)
    path = the_store()._path(record.evidence.blob.sha256)
    path.chmod(0o600)
    path.write_bytes(RAW.replace("甲某1,".encode(), "乙某1,".encode()))

    with pytest.raises(UnreadableHotList) as refused:
        run_import(importing=record, at=NOW)

    path.unlink()
    assert refused.value.details["reason"] == "altered"
    assert (Capture.objects.count(), Import.objects.get().failure) == (0, "altered")


def test_an_import_whose_file_is_out_of_reach_stays_to_be_resumed(case, counsel):
    record = begun(case, counsel)
    path = the_store()._path(record.evidence.blob.sha256)
    aside = path.rename(path.with_suffix(".aside"))

    with pytest.raises(BytesMissing):
        run_import(importing=record, at=NOW)

    aside.rename(path)
    assert list(unfinished()) == [record]
    assert run_import(importing=record, at=NOW).captures_added == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_file_from_four_people_at_once_is_read_once():
    person = a_person(Role.COUNSEL)
    case = a_case(by=person)

    def bring(n: int) -> tuple[str, bool]:
        try:
            found = import_hot_list(case=case, surface="榜", file=io.BytesIO(RAW), filename="l.csv", by=person, at=NOW)
            return found.record.uid, found.is_repeat
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(bring, range(4)))

    assert len({uid for uid, _repeat in found}) == 1
    assert (Import.objects.count(), Capture.objects.count(), Sighting.objects.count()) == (1, 2, 38)


@pytest.mark.django_db(transaction=True)
def test_two_files_of_the_same_hours_at_once_make_one_capture_an_hour():
    person = a_person(Role.COUNSEL)
    case = a_case(by=person)
    files = [RAW, RAW.replace("甲某1,".encode(), "乙某1,".encode())]

    def bring(raw: bytes) -> int:
        try:
            found = import_hot_list(case=case, surface="榜", file=io.BytesIO(raw), filename="l.csv", by=person, at=NOW)
            return found.record.captures_added
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(bring, files)) == [0, 2]
    assert Capture.objects.count() == 2
