"""A captured list becomes evidence, captures, candidates and sightings, and its counts reconcile."""

import gzip
import io
from functools import partial

import pytest

from cases.actions import RuleBroken
from cases.actions.evidence import EvidenceDraft, take_in
from cases.actions.flagged import add_flagged, add_flagging_rule
from cases.actions.hot_list import UnreadableHotList, import_hot_list
from cases.models import Capture, Case, Evidence, FlaggedContent, Import, LogEntry, Person, Sighting
from tests.factories import NOW, a_case
from tests.hot_lists import a_list, import_bytes, import_rows, moment

LIST = (
    ("08-01 09", 1, "甲某回应", "明星-内地"),
    ("08-01 09", 2, "台风路径", "社会"),
    ("08-01 09", 3, "新车上市", "暂无", "true"),
    ("08-01 10", 1, "台风路径", "社会"),
    ("08-01 10", 12, "甲某回应", "明星"),
    ("08-01 10", 51, "乙剧定档", "电视剧"),
)

# The same bytes at every second: the tests are named by them.
compress = partial(gzip.compress, mtime=0)


@pytest.fixture
def case(counsel: Person) -> Case:
    found = a_case(by=counsel)
    add_flagging_rule(case=found, provision="O5-7-2", categories=["明星"], by=counsel, at=NOW)
    return found


def test_import_reconciles_rows_and_counts_what_was_present(case, counsel):
    record = import_rows(*LIST, case=case, by=counsel).record

    assert (record.rows_read, record.rows_matched, record.rows_unmatched, record.rows_rejected) == (6, 2, 4, 0)
    assert (record.captures_added, record.candidates_added, record.state) == (2, 1, "done")
    columns = ("rows", "advertisements", "present_10", "present_20", "present_50", "unknown_10", "unknown_50")
    assert list(Capture.objects.values_list("captured_at", *columns)) == [
        (moment("08-01 09"), 3, 1, 3, 3, 3, 1, 1),
        (moment("08-01 10"), 3, 0, 1, 2, 2, 0, 0),
    ]


def test_import_makes_candidates_with_basis_rule_and_their_sightings(case, counsel):
    import_rows(*LIST, case=case, by=counsel)

    content = FlaggedContent.objects.get()
    assert (content.title, content.basis, content.state, content.provision) == (
        "甲某回应",
        "rule",
        "candidate",
        "O5-7-2",
    )
    assert (content.first_seen_at, content.last_seen_at) == (moment("08-01 09"), moment("08-01 10"))
    assert (content.best_rank, content.hours, content.spells, content.category) == (1, 2, 1, "明星-内地")
    assert list(Sighting.objects.values_list("rank", "heat", "is_ad", "category", "line")) == [
        (1, 1000, False, "明星-内地", 2),
        (12, 1000, False, "明星", 6),
    ]


def test_the_file_is_evidence_whose_reading_stands_in_custody(case, counsel):
    record = import_rows(*LIST, case=case, by=counsel).record

    assert Evidence.objects.get() == record.evidence
    assert list(record.evidence.custody.values_list("action", flat=True)) == ["intake", "read"]
    assert record.evidence.custody.get(action="read").values["import"] == record.uid


def test_each_step_of_an_import_is_one_sentence_in_the_log(case, counsel):
    before = LogEntry.objects.count()

    import_rows(*LIST, case=case, by=counsel)

    verbs = list(LogEntry.objects.order_by("pk").values_list("verb", flat=True))[before:]
    assert verbs == ["take_in", "import_hot_list", "finish_import"]


def test_the_same_file_again_adds_nothing_and_names_the_first(case, counsel):
    first = import_rows(*LIST, case=case, by=counsel)
    log = LogEntry.objects.count()

    again = import_rows(*LIST, case=case, by=counsel)

    assert again.is_repeat
    assert not first.is_repeat
    assert again.record == first.record
    assert (Import.objects.count(), Capture.objects.count(), Sighting.objects.count()) == (1, 2, 2)
    assert LogEntry.objects.count() == log


def test_the_same_file_for_another_surface_or_case_is_an_import_of_its_own(case, counsel):
    import_rows(*LIST, case=case, by=counsel)
    other = a_case(by=counsel)

    elsewhere = import_rows(*LIST, case=case, by=counsel, surface="文娱榜")
    in_other = import_rows(*LIST, case=other, by=counsel)

    assert not elsewhere.is_repeat
    assert not in_other.is_repeat
    assert elsewhere.record.evidence == Evidence.objects.get(case=case)
    assert elsewhere.record.captures_added == in_other.record.captures_added == 2


def test_a_file_already_in_evidence_is_found_there(case, counsel):
    kept = take_in(
        case=case, file=io.BytesIO(a_list(*LIST)), filename="x.csv", draft=EvidenceDraft(), by=counsel, at=NOW
    )

    assert import_rows(*LIST, case=case, by=counsel).record.evidence == kept


def test_bad_rows_are_listed_with_line_and_reason_and_cost_nothing_else(case, counsel):
    record = import_rows(
        LIST[0], ("08-01 09", "first", "x"), ("2025-08-01T09:00:00", 4, "y"), ("08-01 09", 5, ""), LIST[4],
        case=case, by=counsel,
    ).record  # fmt: skip

    assert (record.rows_read, record.rows_matched, record.rows_unmatched, record.rows_rejected) == (5, 2, 0, 3)
    assert [(row["line"], row["reason"]) for row in record.rejected] == [(3, "rank"), (4, "no_zone"), (5, "title")]
    assert Sighting.objects.count() == 2


def test_a_row_said_twice_on_one_list_counts_once(case, counsel):
    record = import_rows(*LIST, LIST[0], LIST[1], case=case, by=counsel).record

    assert (record.rows_read, record.rows_matched, record.rows_unmatched, record.rows_rejected) == (8, 2, 4, 2)
    assert [(row["line"], row["reason"]) for row in record.rejected] == [(8, "duplicate"), (9, "duplicate")]
    assert Capture.objects.get(captured_at=moment("08-01 09")).rows == 3


def test_a_title_at_two_ranks_of_one_hour_is_two_rows_and_one_hour(case, counsel):
    import_rows(("08-01 09", 1, "甲某回应"), ("08-01 09", 7, "甲某回应"), case=case, by=counsel)

    content = FlaggedContent.objects.get()
    assert (content.hours, content.spells, content.best_rank, content.sightings.count()) == (1, 1, 1, 2)


def test_titles_that_fold_alike_are_one_content(case, counsel):
    import_rows(("08-01 09", 1, "#甲某回应#"), ("08-01 10", 2, "甲某回应\u200b"), case=case, by=counsel)

    assert FlaggedContent.objects.get().hours == 2


def test_a_capture_without_the_title_ends_a_spell_and_a_gap_does_not(case, counsel):
    seen = [(f"08-01 {hour}", 3, "甲某回应") for hour in ("09", "10", "14", "16")]
    import_rows(*seen, ("08-01 15", 1, "台风路径", "社会"), case=case, by=counsel)

    content = FlaggedContent.objects.get()
    assert (content.hours, content.spells) == (4, 2)


def test_a_later_file_between_two_sightings_ends_the_spell(case, counsel):
    import_rows(("08-01 09", 3, "甲某回应"), ("08-01 11", 3, "甲某回应"), case=case, by=counsel)
    assert FlaggedContent.objects.get().spells == 1

    import_rows(("08-01 10", 1, "台风路径", "社会"), case=case, by=counsel)

    assert FlaggedContent.objects.get().spells == 2


def test_the_first_rule_in_order_gives_the_provision(case, counsel):
    add_flagging_rule(case=case, provision="O5-7-1", words=["回应"], by=counsel, at=NOW)

    import_rows(*LIST, ("08-01 10", 9, "某厂回应", "社会"), case=case, by=counsel)

    found = dict(FlaggedContent.objects.values_list("title", "provision"))
    assert found == {"甲某回应": "O5-7-2", "某厂回应": "O5-7-1"}


def test_rules_ask_for_category_and_word_where_they_name_both(counsel):
    case = a_case(by=counsel)
    add_flagging_rule(case=case, provision="O5-7-2", categories=["明星"], words=["ＡＢ"], by=counsel, at=NOW)

    import_rows(
        ("08-01 09", 1, "ab回应", "明星-港台"), ("08-01 09", 2, "ab回应了", "社会"), ("08-01 09", 3, "回应", "明星"),
        case=case, by=counsel,
    )  # fmt: skip

    assert [content.title for content in FlaggedContent.objects.all()] == ["ab回应"]


def test_a_case_that_never_had_a_rule_starts_from_the_taxonomy(counsel):
    case = a_case(by=counsel)

    import_rows(*LIST, case=case, by=counsel)

    assert case.flagging_rules.count() == 2
    assert FlaggedContent.objects.get().provision == "O5-7-2"


def test_content_a_person_named_is_seen_whatever_the_rules_say(case, counsel):
    add_flagged(case=case, surface="榜", title="台风路径", basis="authority", by=counsel, at=NOW)

    record = import_rows(*LIST, case=case, by=counsel).record

    content = FlaggedContent.objects.get(basis="authority")
    assert (content.hours, content.best_rank, content.rule) == (2, 1, None)
    assert (record.rows_matched, record.candidates_added) == (4, 1)


def test_gzip_and_json_lines_are_read_alike(case, counsel):
    zipped = import_bytes(compress(a_list(*LIST)), case=case, by=counsel).record
    lines = (
        '{"captured_at": "2025-08-02T09:00:00+08:00", "rank": 1, "title": "甲某回应", "category": "明星"}\n'
        '{"captured_at": "2025-08-02T09:00:00+08:00", "rank": 2, "title": "台风", "category": null}\n'
    )
    json = import_bytes(lines.encode(), case=case, by=counsel).record

    assert (zipped.rows_matched, zipped.rows_unmatched) == (2, 4)
    assert (json.rows_matched, json.rows_unmatched) == (1, 1)
    assert Capture.objects.get(captured_at=moment("08-02 09")).unknown_10 == 1


def test_times_of_any_zone_are_the_same_hour(case, counsel):
    import_rows(("2025-08-01T01:00:00Z", 1, "甲某回应"), ("08-01 09", 2, "甲某再回应"), case=case, by=counsel)

    assert Capture.objects.get().rows == 2


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "columns"),
        ("captured_at,rank".encode("utf-16"), "encoding"),
        (b"time,title\n1,x\n", "columns"),
        (compress(a_list(*LIST))[:-9], "damaged_gzip"),
        (b"PK\x03\x04rest", "archive"),
    ],
)
def test_an_unreadable_file_is_a_failed_import_with_its_reason(case, counsel, raw, reason):
    with pytest.raises(UnreadableHotList) as refused:
        import_bytes(raw, case=case, by=counsel)

    record = Import.objects.get()
    assert refused.value.details["import_uid"] == record.uid
    assert (record.state, record.failure, record.captures.count()) == ("failed", reason, 0)
    assert LogEntry.objects.filter(verb="fail_import", object_uid=record.uid).count() == 1
    assert FlaggedContent.objects.count() == 0


def test_a_list_needs_a_name(case, counsel):
    with pytest.raises(RuleBroken) as refused:
        import_hot_list(case=case, surface=" ", file=io.BytesIO(b"x"), filename="x", by=counsel, at=NOW)

    assert refused.value.code == "no_surface"
    assert Evidence.objects.count() == 0
