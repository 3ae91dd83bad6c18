"""The slow files of a run: each worker begins with its share of them, none is divided, and no test is lost."""

import pytest

from tests.dealing import dealt

FILES = [["up 1", "up 2"], ["bench"], ["walk 1", "walk 2", "walk 3"], ["twins"]]


def test_each_worker_begins_with_its_own_files() -> None:
    order = dealt(FILES, [f"quick {n}" for n in range(13)], workers=2)

    assert order[:5] == ["up 1", "up 2", "walk 1", "walk 2", "walk 3"]
    assert order[10:12] == ["bench", "twins"]


@pytest.mark.parametrize("quick", [0, 1, 2, 13, 14])
@pytest.mark.parametrize("workers", [1, 2, 3, 9])
def test_no_test_is_lost_or_done_twice(quick: int, workers: int) -> None:
    rest = [f"quick {n}" for n in range(quick)]

    order = dealt(FILES, rest, workers)

    assert sorted(order) == sorted([*rest, *(test for file in FILES for test in file)])


def test_alone_a_worker_does_the_slow_ones_first() -> None:
    assert dealt(FILES, ["quick"], workers=1) == [*(test for file in FILES for test in file), "quick"]
