"""First and last seen, best rank, hours and spells; a gap in the captures is a gap, never an absence."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import boards


def at(hour):
    return datetime(2025, 9, 1, tzinfo=UTC) + timedelta(hours=hour)


def test_missing_capture_ends_no_spell_but_a_capture_without_the_title_does():
    captured = [at(h) for h in (0, 1, 4, 5, 6)]  # 2 and 3 were never captured

    found = boards.spells(captured, seen=[(at(6), 2), (at(0), 9), (at(1), 5), (at(4), 7)])

    assert found == boards.Sightings(
        at(0), at(6), 4, 2, (boards.Spell(at(0), at(4), 3, 5), boards.Spell(at(6), at(6), 1, 2))
    )


def test_title_twice_in_one_hour_counts_once_with_its_better_rank():
    found = boards.spells([at(0)], seen=[(at(0), 30), (at(0), 3)])

    assert (found.hours, found.best_rank, len(found.spells)) == (1, 3, 1)


@pytest.mark.parametrize("hour", [-1, 1, 9])
def test_seen_when_nothing_was_captured_is_an_error(hour):
    with pytest.raises(ValueError, match="nothing was captured"):
        boards.spells([at(0), at(2)], seen=[(at(hour), 1)])


def test_never_seen_is_an_error():
    with pytest.raises(ValueError, match="never seen"):
        boards.spells([at(0)], seen=[])


@given(st.sets(st.integers(0, 60), min_size=1), st.data())
def test_spells_partition_the_sightings(captured, data):
    seen = data.draw(st.sets(st.sampled_from(sorted(captured)), min_size=1))

    found = boards.spells([at(h) for h in sorted(captured)], seen=[(at(h), h + 1) for h in seen])

    assert found.hours == len(seen) == sum(spell.hours for spell in found.spells)
    assert (found.first_seen, found.last_seen, found.best_rank) == (at(min(seen)), at(max(seen)), min(seen) + 1)
    for before, after in zip(found.spells, found.spells[1:], strict=False):
        assert any(before.last_seen < at(h) < after.first_seen for h in captured - seen)
    for spell in found.spells:
        assert not any(spell.first_seen < at(h) < spell.last_seen for h in captured - seen)
