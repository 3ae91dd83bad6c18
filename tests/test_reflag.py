"""Reading the kept files again gives what a fresh import under today's rules gives; what people did is kept."""

import pytest

from cases.actions.flagged import (
    add_flagged,
    add_flagging_rule,
    confirm_flagged,
    dismiss_flagged,
    retire_flagging_rule,
)
from cases.actions.hot_list import NothingImported, begin_reflag, reflag
from cases.models import Case, FlaggedContent, FlaggingRule, LogEntry, Person, Sighting
from tests.factories import NOW, a_case
from tests.hot_lists import import_rows

FIRST_FILE = (
    ("08-01 09", 1, "甲某回应", "明星-内地"),
    ("08-01 09", 2, "台风路径", "社会"),
    ("08-01 10", 4, "乙剧定档", "电视剧"),
    ("08-01 10", 5, "甲某回应", "社会"),
    ("08-01 11", 5, "甲某回应", "明星"),
)
SECOND_FILE = (
    ("08-01 11", 9, "丙某台风中", "明星"),
    ("08-01 12", 3, "丙某台风中", "明星"),
    ("08-01 12", 8, "乙剧定档", "综艺"),
)


def rule(case: Case, by: Person, **wanted) -> FlaggingRule:
    return add_flagging_rule(case=case, provision=wanted.pop("provision", "O5-7-2"), by=by, at=NOW, **wanted)


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


def figures(case: Case) -> list[tuple]:
    """All that a reader sees of matched content, and its sightings."""
    content = FlaggedContent.objects.filter(case=case, is_matched=True).order_by("title_key")
    shown = ["title", "category", "provision", "state", "hours", "spells", "best_rank", "first_seen_at", "last_seen_at"]
    seen = Sighting.objects.filter(capture__case=case, flagged_content__is_matched=True)
    rows = seen.order_by("capture__captured_at", "line").values_list(
        "capture__captured_at", "line", "rank", "category", "flagged_content__title"
    )
    return [*content.values_list(*shown), *rows]


def labels(case: Case) -> list[str]:
    return list(FlaggedContent.objects.filter(case=case).order_by("title_key").values_list("rule__label_en", flat=True))


def test_reflag_under_new_rules_equals_a_fresh_import_under_them(case, counsel):
    old = rule(case, counsel, categories=["明星"])
    for file in (FIRST_FILE, SECOND_FILE):
        import_rows(*file, case=case, by=counsel)
    retire_flagging_rule(rule=old, by=counsel, at=NOW)
    fresh = a_case(by=counsel)
    for each in (case, fresh):
        rule(each, counsel, categories=["社会", "明星"], words=["回应", "台风"], label_en="A")
        rule(each, counsel, provision="O5-7-1", words=["定档"], label_en="B")

    again = reflag(case=case, surface="榜", by=counsel, at=NOW)
    imported = [import_rows(*file, case=fresh, by=counsel).record for file in (FIRST_FILE, SECOND_FILE)]

    assert figures(case) == figures(fresh)
    assert labels(case) == labels(fresh)
    assert sorted(labels(case)) == ["A", "A", "A", "B"]
    for count in ("rows_read", "rows_matched", "rows_unmatched", "rows_rejected"):
        assert getattr(again, count) == sum(getattr(record, count) for record in imported)
    assert (again.captures_added, again.candidates_added) == (0, 2)


def test_reflag_under_the_same_rules_changes_nothing(case, counsel):
    rule(case, counsel, categories=["明星"])
    import_rows(*FIRST_FILE, case=case, by=counsel)
    before, history = figures(case), FlaggedContent.history.rel.related_model.objects.count()

    record = reflag(case=case, surface="榜", by=counsel, at=NOW)

    assert figures(case) == before
    assert FlaggedContent.history.rel.related_model.objects.count() == history
    assert (record.is_reflag, record.candidates_added, record.rows_matched, record.state) == (True, 0, 2, "done")


def test_candidates_no_longer_matched_leave_the_figures_and_stay_in_the_record(case, counsel):
    old = rule(case, counsel, categories=["明星"])
    import_rows(*FIRST_FILE, case=case, by=counsel)
    retire_flagging_rule(rule=old, by=counsel, at=NOW)

    reflag(case=case, surface="榜", by=counsel, at=NOW)

    content = FlaggedContent.objects.get()
    assert (content.is_matched, content.state, content.hours, content.spells) == (False, "candidate", 0, 0)
    assert (content.first_seen_at, content.last_seen_at, content.best_rank) == (None, None, None)
    assert Sighting.objects.count() == 0


def test_content_comes_back_when_a_rule_finds_it_again(case, counsel):
    old = rule(case, counsel, categories=["明星"])
    import_rows(*FIRST_FILE, case=case, by=counsel)
    before = figures(case)
    retire_flagging_rule(rule=old, by=counsel, at=NOW)
    reflag(case=case, surface="榜", by=counsel, at=NOW)
    rule(case, counsel, categories=["明星"])

    record = reflag(case=case, surface="榜", by=counsel, at=NOW)

    assert figures(case) == before
    assert (record.candidates_added, FlaggedContent.objects.count()) == (1, 1)


def test_confirmed_content_is_never_dropped(case, counsel):
    old = rule(case, counsel, categories=["明星"])
    import_rows(*FIRST_FILE, case=case, by=counsel)
    confirm_flagged(flagged=FlaggedContent.objects.get(), by=counsel, at=NOW)
    before = figures(case)
    retire_flagging_rule(rule=old, by=counsel, at=NOW)

    reflag(case=case, surface="榜", by=counsel, at=NOW)

    assert figures(case) == before


def test_dismissed_content_keeps_its_review_and_its_provision(case, counsel):
    old = rule(case, counsel, categories=["明星"])
    import_rows(*FIRST_FILE, case=case, by=counsel)
    dismiss_flagged(flagged=FlaggedContent.objects.get(), reason="An obituary", by=counsel, at=NOW)
    retire_flagging_rule(rule=old, by=counsel, at=NOW)
    rule(case, counsel, provision="O5-7-1", words=["回应"])

    reflag(case=case, surface="榜", by=counsel, at=NOW)

    content = FlaggedContent.objects.get()
    assert (content.state, content.review_reason, content.provision) == ("dismissed", "An obituary", "O5-7-2")
    assert (content.is_matched, content.hours) == (True, 3)


def test_dismissed_content_no_longer_matched_comes_back_dismissed(case, counsel):
    old = rule(case, counsel, categories=["明星"])
    import_rows(*FIRST_FILE, case=case, by=counsel)
    dismiss_flagged(flagged=FlaggedContent.objects.get(), reason="An obituary", by=counsel, at=NOW)
    retire_flagging_rule(rule=old, by=counsel, at=NOW)
    reflag(case=case, surface="榜", by=counsel, at=NOW)
    assert FlaggedContent.objects.get().is_matched is False

    rule(case, counsel, categories=["明星"])
    reflag(case=case, surface="榜", by=counsel, at=NOW)

    content = FlaggedContent.objects.get()
    assert (content.is_matched, content.state, content.hours) == (True, "dismissed", 2)


def test_content_named_after_the_import_is_seen_by_reflag(case, counsel):
    rule(case, counsel, categories=["明星"])
    import_rows(*FIRST_FILE, case=case, by=counsel)
    add_flagged(case=case, surface="榜", title="台风路径", basis="authority", by=counsel, at=NOW)

    reflag(case=case, surface="榜", by=counsel, at=NOW)

    assert FlaggedContent.objects.get(basis="authority").hours == 1


def test_reflag_reads_every_kept_file_and_says_so_in_custody_and_log(case, counsel):
    records = [import_rows(*file, case=case, by=counsel).record for file in (FIRST_FILE, SECOND_FILE)]
    import_rows(*FIRST_FILE, case=case, by=counsel, surface="文娱榜")
    log = LogEntry.objects.count()

    again = reflag(case=case, surface="榜", by=counsel, at=NOW)

    assert again.rows_read == 8
    for record in records:
        assert record.evidence.custody.filter(action="read", values__purpose="reflag").count() == 1
    verbs = list(LogEntry.objects.order_by("pk").values_list("verb", flat=True))[log:]
    assert verbs == ["reflag", "finish_import"]


def test_reflag_leaves_another_surface_alone(case, counsel):
    old = rule(case, counsel, categories=["明星"])
    import_rows(*FIRST_FILE, case=case, by=counsel)
    import_rows(*FIRST_FILE, case=case, by=counsel, surface="文娱榜")
    retire_flagging_rule(rule=old, by=counsel, at=NOW)

    reflag(case=case, surface="榜", by=counsel, at=NOW)

    assert FlaggedContent.objects.get(surface="文娱榜").hours == 2
    assert Sighting.objects.count() == 2


def test_a_reflag_that_was_left_is_taken_up_again(case, counsel):
    import_rows(*FIRST_FILE, case=case, by=counsel)
    left = begin_reflag(case=case, surface="榜", by=counsel, at=NOW)

    assert reflag(case=case, surface="榜", by=counsel, at=NOW) == left


def test_reflag_without_a_file_is_refused(case, counsel):
    with pytest.raises(NothingImported):
        reflag(case=case, surface="榜", by=counsel, at=NOW)


def test_rejected_rows_of_a_reflag_name_their_file(case, counsel):
    first = import_rows(("08-01 09", "x", "甲某"), ("08-01 09", 1, "甲某"), case=case, by=counsel).record

    record = reflag(case=case, surface="榜", by=counsel, at=NOW)

    assert record.rejected == [{**first.rejected[0], "evidence": first.evidence.uid}]
    assert (record.rows_read, record.rows_rejected) == (2, 1)
