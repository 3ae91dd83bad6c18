"""An hour that was captured from one file stands; what another file says of it is listed and not taken."""

import pytest

from cases.actions.flagged import add_flagging_rule
from cases.models import Capture, Case, FlaggedContent, Person, Sighting
from tests.factories import NOW, a_case
from tests.hot_lists import import_rows, moment


@pytest.fixture
def case(counsel: Person) -> Case:
    found = a_case(by=counsel)
    add_flagging_rule(case=found, provision="O5-7-2", categories=["明星"], by=counsel, at=NOW)
    return found


def test_an_hour_of_another_file_stands_and_the_second_is_a_conflict(case, counsel):
    first = import_rows(("08-01 09", 1, "甲某回应"), case=case, by=counsel).record

    second = import_rows(("08-01 09", 5, "乙某回应"), ("08-01 10", 6, "乙某回应"), case=case, by=counsel).record

    assert second.conflicts == [{"captured_at": "2025-08-01T01:00:00+00:00", "import": first.uid}]
    assert (second.rows_read, second.rows_matched, second.rows_unmatched, second.captures_added) == (2, 1, 1, 1)
    assert Capture.objects.get(captured_at=moment("08-01 09")).made_by_import == first
    assert FlaggedContent.objects.get(title="乙某回应").first_seen_at == moment("08-01 10")


def test_the_same_hour_to_another_minute_is_a_conflict_too(case, counsel):
    import_rows(("08-01 09", 1, "甲某回应"), case=case, by=counsel)

    second = import_rows(("2025-08-01T09:20:00+08:00", 1, "甲某回应"), case=case, by=counsel).record

    assert (len(second.conflicts), second.captures_added, Capture.objects.count()) == (1, 0, 1)


def test_two_looks_within_an_hour_of_one_file_are_two_captures_and_one_hour(case, counsel):
    half_past = "2025-08-01T09:30:00+08:00"
    record = import_rows(("08-01 09", 1, "甲某回应"), (half_past, 1, "甲某回应"), case=case, by=counsel).record

    content = FlaggedContent.objects.get()
    assert (record.captures_added, content.hours, content.spells, content.sightings.count()) == (2, 1, 1, 2)


def test_the_same_rows_in_another_file_add_nothing(case, counsel):
    rows = [(f"08-01 {hour:02}", 1, "甲某回应") for hour in range(9, 12)]
    import_rows(*rows, case=case, by=counsel)

    second = import_rows(*rows, ("08-01 09", 2, "台风", "社会"), case=case, by=counsel).record

    assert (second.captures_added, second.candidates_added, len(second.conflicts)) == (0, 0, 3)
    assert (second.rows_read, second.rows_matched, second.rows_unmatched) == (4, 0, 4)
    assert Sighting.objects.count() == 3


def test_hours_of_another_surface_or_case_are_no_conflict(case, counsel):
    import_rows(("08-01 09", 1, "甲某回应"), case=case, by=counsel, surface="文娱榜")
    import_rows(("08-01 09", 1, "甲某回应"), case=a_case(by=counsel), by=counsel)

    record = import_rows(("08-01 09", 1, "甲某回应"), ("08-01 09", 2, "台风"), case=case, by=counsel).record

    assert (record.conflicts, record.captures_added) == ([], 1)


def test_an_hour_scattered_over_the_file_is_one_capture(case, counsel):
    rows = [
        ("08-01 09", 1, "甲某回应"),
        ("08-01 10", 1, "甲某回应"),
        ("08-01 09", 2, "乙某"),
        ("08-01 09", 1, "甲某回应"),
    ]

    record = import_rows(*rows, case=case, by=counsel).record

    assert (record.rows_read, record.rows_matched, record.rows_rejected, record.captures_added) == (4, 3, 1, 2)
    assert Capture.objects.get(captured_at=moment("08-01 09")).present_10 == 2
