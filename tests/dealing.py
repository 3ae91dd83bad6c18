"""In which order the tests run: the slow files first, dealt out among pytest-xdist's workers, each file whole.

A worker is given its share as one run of the list, and whoever has done theirs takes from the end of another's. All the
slow files at the head of the list would be one worker's, who does them one by one long after the others have finished.
"""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pytest

# The order in which they are dealt, so that files alike go to different workers.
SLOW = ("embedded", "slow", "broker", "browser")
T = TypeVar("T")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    kinds = kinds_of(items)
    files: dict[Path, list[pytest.Item]] = {path: [] for path in sorted(kinds, key=kinds.__getitem__)}
    for item in items:
        files.get(item.path, []).append(item)
    rest = [item for item in items if item.path not in kinds]
    items[:] = dealt([*files.values()], rest, workers)


def kinds_of(items: Iterable[pytest.Item]) -> dict[Path, int]:
    """The slow files, each with the place of its kind."""
    found: dict[Path, int] = {}
    for item in items:
        for place, name in enumerate(SLOW):
            if item.get_closest_marker(name):
                found[item.path] = min(place, found.get(item.path, place))
    return found


def dealt(files: list[list[T]], rest: list[T], workers: int) -> list[T]:
    """As `--dist worksteal` cuts the list: each takes an equal share of what those before have left."""
    total, left = sum(map(len, [rest, *files])), iter(rest)
    order: list[T] = []
    for worker in range(workers):
        share = (total - len(order)) // (workers - worker)
        first = [item for file in files[worker::workers] for item in file]
        order += [*first, *islice(left, max(0, share - len(first)))]
    return order
