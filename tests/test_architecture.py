"""The house of design: who may import whom, what is pure, and who may read the clock. A module in no room fails."""

import ast
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Top first: a module imports from its own line or from lines below it, never from above.
LINES = [
    ["config"],
    ["cases.admin", "cases.api", "cases.management", "tracker.api", "tracker.jobs", "tracker.management",
     "tracker.urls", "tracker.views"],
    ["tracker.addresses", "tracker.bench", "tracker.briefings", "tracker.chaos", "tracker.demo", "tracker.erasing",
     "tracker.forms", "tracker.ladder_words", "tracker.pictures", "tracker.reminders", "tracker.renderer",
     "tracker.reports",
     "tracker.templatetags"],
    ["tracker.apps", "tracker.channels", "tracker.charts", "tracker.clauses", "tracker.dates", "tracker.figures",
     "tracker.migrations", "tracker.models", "tracker.rhythm_words", "tracker.scripts", "tracker.stakes",
     "tracker.status", "tracker.step_words", "tracker.verbs", "tracker.wording"],
    ["tracker.ladder", "tracker.rhythm"],
    ["cases.actions"],
    ["cases.compiled", "cases.knowing", "cases.known_cases", "cases.legislation", "cases.named", "cases.permissions",
     "cases.search"],
    ["cases.apps", "cases.migrations", "cases.models"],
    ["cases.asked", "cases.boards", "cases.checks", "cases.custody", "cases.sayings", "cases.working"],
    ["cases.law.answers", "cases.law.clocks", "cases.law.liability", "cases.law.readings", "cases.law.remedies",
     "cases.law.surcharge",
     "cases.law.taxonomy", "cases.law.tracks"],
    ["cases.law.counting"],
    ["cases.law.rulebook", "cases.law.starting", "cases.law.track_table"],
    ["cases.law.entries"],
    ["cases.law.arrangements", "cases.law.provisions"],
    ["cases.law.calendars", "cases.law.jurisdictions"],
    ["cases.law.reading"],
    ["cases.law.sentences"],
]  # fmt: skip
PACKAGES = {"cases", "tracker", "cases.law"}
DOORS = set(LINES[1])
PURE = ["cases.law", "cases.custody.chain", "cases.boards", "tracker.ladder", "tracker.rhythm"]
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "time", "time_ns"}
CLOCK_OWNERS = {"datetime", "date", "timezone", "time"}
NO_NAMES = {"utils", "helpers", "common", "misc", "manager", "managers", "services", "service", "base", "core", "tools"}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    found = [path for package in ("config", "cases", "tracker") for path in (ROOT / package).rglob("*.py")]
    return {name_of(path): path for path in sorted(found)}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


def imports(module: str) -> set[str]:
    """Every module named by an import, also inside functions and under TYPE_CHECKING."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            source = absolute(module, node)
            found |= {deeper if (deeper := f"{source}.{alias.name}") in modules() else source for alias in node.names}
    return found


def absolute(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module if modules()[module].name == "__init__.py" else module.rpartition(".")[0]
    for _ in range(node.level - 1):
        package = package.rpartition(".")[0]
    return f"{package}.{node.module}" if node.module else package


def room_of(module: str) -> str | None:
    rooms = [room for line in LINES for room in line if is_in(module, room)]
    return max(rooms, key=len, default=None)


def line_of(module: str) -> int:
    return next(number for number, line in enumerate(LINES) if room_of(module) in line)


def is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def ours(names: set[str]) -> set[str]:
    return {name for name in names if name.split(".")[0] in {"config", "cases", "tracker"} and name not in PACKAGES}


def housed() -> list[str]:
    return [module for module in modules() if room_of(module)]


def test_every_module_has_a_room():
    assert [module for module in modules() if not room_of(module) and module not in PACKAGES] == []


def test_nothing_imports_upward():
    wrong = [(a, b) for a in housed() for b in ours(imports(a)) if room_of(b) and line_of(b) < line_of(a)]
    assert wrong == []


def test_imports_name_modules_that_exist():
    assert [(a, b) for a in modules() for b in ours(imports(a)) if b not in modules()] == []


def test_doors_are_opened_by_config_alone():
    wrong = [
        (a, b)
        for a in housed()
        for b in ours(imports(a))
        if room_of(b) in DOORS and room_of(a) not in {room_of(b), "config", "tracker.urls"}
    ]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle():
    graph = {module: ours(imports(module)) - {module} for module in modules()}
    for module, first in graph.items():
        seen, waiting = set(), list(first)
        while waiting:
            reached = waiting.pop()
            if reached not in seen:
                seen.add(reached)
                waiting.extend(graph.get(reached, ()))
        assert module not in seen, f"{module} imports itself by way of {sorted(seen)}"


def test_pure_modules_use_the_standard_library_alone():
    pure = [module for module in modules() if any(is_in(module, room) for room in PURE)]
    foreign = [
        (module, name)
        for module in pure
        for name in imports(module)
        if name.split(".")[0] not in sys.stdlib_module_names and not any(is_in(name, room) for room in PURE)
    ]
    assert pure
    assert foreign == []


def test_the_offline_verifier_needs_no_other_file():
    assert {name.split(".")[0] for name in imports("cases.custody.chain")} <= sys.stdlib_module_names


@pytest.mark.parametrize("module", [module for module in modules() if room_of(module) not in {"config", *DOORS}])
def test_nobody_below_a_door_reads_the_clock(module):
    readings = [
        f"{module}:{node.lineno}"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and owner(node.value) in CLOCK_OWNERS
    ]
    assert readings == []


def owner(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else None


def test_no_module_has_a_name_that_says_nothing():
    assert [module for module in modules() if module.rpartition(".")[2] in NO_NAMES] == []


def test_no_signals():
    assert [m for m in modules() if any("dispatch" in name or name.endswith(".signals") for name in imports(m))] == []


def test_no_broad_except():
    broad = [
        f"{module}:{node.lineno}"
        for module in modules()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or owner(node.type) in {"Exception", "BaseException"})
        and not is_passed_on(node)
    ]
    assert broad == []


def is_passed_on(handler: ast.ExceptHandler) -> bool:
    """A handler that ends in a bare `raise` tidies up and hides nothing."""
    return isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None


def test_files_and_functions_stay_short():
    long_files = [m for m, path in modules().items() if ".migrations" not in m and lines(path.read_text()) > 400]
    long_functions = [
        f"{module}:{node.name}"
        for module in modules()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= 40
    ]
    assert (long_files, long_functions) == ([], [])


def lines(text: str) -> int:
    return text.count("\n")


def test_every_package_used_is_one_we_ask_for():
    asked = {line.split("[")[0].split(">")[0].strip().lower() for line in requirements()}
    distributions = packages_distributions()
    names = {(m, name.split(".")[0]) for m in modules() for name in imports(m)}
    used = {
        (module, distribution)
        for module, name in names
        if name not in sys.stdlib_module_names and name not in {"config", "cases", "tracker"}
        for distribution in distributions[name]
    }
    assert {(module, name) for module, name in used if name.lower().replace("_", "-") not in asked} == set()


def requirements() -> list[str]:
    texts = [path.read_text() for path in (ROOT / "requirements.in", ROOT / "requirements-s3.in")]
    return [line for text in texts for line in text.splitlines() if line and not line.startswith(("#", "-c"))]
