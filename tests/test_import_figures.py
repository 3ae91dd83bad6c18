"""The figures that SQL makes of sightings are those the pure reading of spells makes of the same rows."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases import boards
from cases.actions.flagged import add_flagging_rule
from cases.models import FlaggedContent, Role
from tests.factories import NOW, a_case, a_person
from tests.hot_lists import import_rows, moment

HOURS = [f"08-0{day} {hour:02}" for day in (1, 2) for hour in range(0, 24, 3)]
ROWS = st.sets(
    st.tuples(st.sampled_from(HOURS), st.integers(1, 60), st.sampled_from("甲乙丙丁")), min_size=1, max_size=40
)


class FiguresTest(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(files=st.lists(ROWS, min_size=1, max_size=3))
    def test_figures_are_those_of_the_pure_reading(self, files: list[set[tuple[str, int, str]]]) -> None:
        counsel = a_person(Role.COUNSEL)
        case = a_case(by=counsel)
        add_flagging_rule(case=case, provision="O5-7-2", words=["甲", "乙", "丙"], by=counsel, at=NOW)

        for number, rows in enumerate(files):
            # One row that is new in each file: the same bytes twice are another matter.
            import_rows(*sorted(rows), (f"08-04 {number:02}", 1, "丁"), case=case, by=counsel)

        shown = FlaggedContent.objects.filter(case=case).values_list(
            "title", "first_seen_at", "last_seen_at", "hours", "best_rank", "spells"
        )
        assert {title: tuple(rest) for title, *rest in shown} == expected(files)


def expected(files: list[set[tuple[str, int, str]]]) -> dict[str, tuple]:
    taken: dict[str, int] = {}
    for number, rows in enumerate(files):
        for hour, _rank, _title in rows:
            taken.setdefault(hour, number)
    standing = [row for number, rows in enumerate(files) for row in rows if taken[row[0]] == number]
    looks = sorted(moment(hour) for hour in [*taken, *(f"08-04 {number:02}" for number in range(len(files)))])
    found = {}
    for title in {row[2] for row in standing} - {"丁"}:
        seen = boards.spells(looks, seen=[(moment(hour), rank) for hour, rank, each in standing if each == title])
        found[title] = (seen.first_seen, seen.last_seen, seen.hours, seen.best_rank, len(seen.spells))
    return found
