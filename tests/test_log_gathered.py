"""Repeats of one act by one person are told in one line; nothing else is put together."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tracker.status.gathered import gathered
from tracker.status.nouns import CaseRef, LogRow, Titles, Who

FANG = Who("p1", "Fang Lei", "方蕾", "方")
HE = Who("p2", "He Yu", "何雨", "何")
CASE = CaseRef("c1", "XHS-1", "One", "一")
SHIFT = LogRow(
    uid="l1", case=CASE, who=FANG, verb="add_shift", object_kind="shift", object_uid="s1", title=Titles("Night", "夜"),
    occurred_at=None, recorded_at=datetime(2026, 9, 24, 1, 30, tzinfo=UTC), reason="", facts={},
)  # fmt: skip


def entry(uid, **changes):
    return replace(SHIFT, uid=uid, object_uid=changes.pop("object_uid", uid), **changes)


def test_repeats_are_one_line_with_the_newest_moment():
    newest = entry("l3", recorded_at=datetime(2026, 9, 24, 2, tzinfo=UTC))

    (told,) = gathered([newest, entry("l2"), entry("l1")], most=8)

    assert (told.times, told.row.recorded_at) == (3, datetime(2026, 9, 24, 2, tzinfo=UTC))


def test_repeats_on_different_objects_lead_to_the_case_and_bear_no_one_title():
    (told,) = gathered([entry("l2"), entry("l1")], most=8)

    assert (told.row.object_kind, told.row.object_uid, told.row.title) == ("case", "c1", Titles("", ""))


def test_repeats_on_one_object_keep_its_title_and_page():
    (told,) = gathered([entry("l2", object_uid="s1"), entry("l1", object_uid="s1")], most=8)

    assert (told.times, told.row.object_uid, told.row.title.en) == (2, "s1", "Night")


@pytest.mark.parametrize(
    "changes",
    [
        {"who": HE},
        {"verb": "end_member"},
        {"case": CaseRef("c2", "XHS-2", "Two", "二")},
        {"case": None},
        {"reason": "A word of its own."},
    ],
)
def test_what_differs_stands_alone(changes):
    told = gathered([entry("l2"), entry("l1", **changes)], most=8)

    assert [line.times for line in told] == [1, 1]
    assert [line.row.uid for line in told] == ["l2", "l1"]


def test_an_act_between_two_repeats_keeps_them_apart():
    told = gathered([entry("l3"), entry("l2", who=HE), entry("l1")], most=8)

    assert [line.row.uid for line in told] == ["l3", "l2", "l1"]


def test_lines_are_counted_after_gathering():
    rows = [entry(f"l{n}") for n in range(9, 2, -1)] + [entry("l2", who=HE), entry("l1", verb="end_member")]

    assert [line.times for line in gathered(rows, most=2)] == [7, 1]


def test_no_entries_tell_nothing():
    assert gathered([], most=8) == ()
