"""The worked examples of the domain brief, stated here as literal dates, each with its reason."""

import json
from pathlib import Path

import pytest

from cases.law.clocks.lines import answer
from cases.law.rulebook import book

# Eleven awkward ones: what is asked, what must come out, why.
EXAMPLES = [
    # Counts 12, 13, 14 Feb (a make-up Saturday), 24, 25: 15-23 Feb are off.
    ({"rule": "CN-05", "trigger": "2026-02-11"}, {"due": "2026-02-25", "provisional": False}),
    # Day 60 is a Saturday, but a make-up working day: no roll.
    (
        {"rule": "CN-12", "trigger": "2026-08-11"},
        {"due": "2026-10-10", "nominal": "2026-10-10", "safe_due": "2026-10-10"},
    ),
    # No 31 February; 28 Feb 2026 is a make-up working Saturday.
    (
        {"rule": "CN-18", "trigger": "2025-08-31"},
        {"due": "2026-02-28", "nominal": "2026-02-28", "safe_due": "2026-02-28"},
    ),
    # 28 Feb 2027 is a Sunday, and the 2027 arrangement is unpublished.
    (
        {"rule": "CN-18", "trigger": "2026-08-31"},
        {"due": "2027-03-01", "nominal": "2027-02-28", "safe_due": "2027-02-26", "provisional": True},
    ),
    # National Day, 1-7 October.
    (
        {"rule": "CN-17", "trigger": "2026-09-18"},
        {"due": "2026-10-08", "nominal": "2026-10-03", "safe_due": "2026-09-30"},
    ),
    # Summer time ends on 25 October: elapsed hours, not wall clock.
    (
        {"rule": "EU-22", "trigger": "2026-10-24T10:15:00+02:00", "zone": "Europe/Berlin"},
        {"due": "2026-10-27T09:15:00+01:00"},
    ),
    # A holiday and midnight do not stop an hour clock.
    (
        {"rule": "CN-27c", "trigger": "2026-10-01T23:30:00+08:00", "zone": "Asia/Shanghai"},
        {"due": "2026-10-02T03:30:00+08:00"},
    ),
    # An extension of an ordered date counts from the day after it.
    (
        {"rule": "CN-22", "ordered": "2026-03-10", "extensions": [{"amount": 10, "unit": "working_day"}]},
        {"due": "2026-03-24"},
    ),
    # 17 days used (3-19 March), 43 left, 9 April is the first resumed day.
    (
        {"rule": "CN-12", "trigger": "2026-03-02", "suspensions": [{"from": "2026-03-20", "until": "2026-04-09"}]},
        {"due": "2026-05-21"},
    ),
    # This extension runs from receipt: three months in all.
    (
        {"rule": "EU-23", "trigger": "2026-01-31", "extensions": [{"amount": 2, "unit": "month"}]},
        {"due": "2026-04-30"},
    ),
    # Good Friday, Saturday, Sunday, Easter Monday and Tuesday are all general holidays in Hong Kong.
    (
        {"profile": "HK-D", "amount": 14, "unit": "day", "trigger": "2026-03-20"},
        {"due": "2026-04-08", "nominal": "2026-04-03"},
    ),
]

# The brief's own file, where the checkout lies beside it; the literals above hold everywhere.
SHARED = Path(__file__).parents[2] / "shared" / "vectors.jsonl"
SHARED_LINES = SHARED.read_text("utf-8").splitlines() if SHARED.exists() else []


@pytest.mark.parametrize(("ask", "expected"), EXAMPLES)
def test_worked_example(ask, expected):
    found = answer(json.dumps({"id": "v", **ask}), book=book())

    assert {key: found.get(key) for key in expected} == expected


def test_shared_vectors_are_all_answered_as_expected():
    vectors = [json.loads(line) for line in SHARED_LINES]

    found = [answer(json.dumps(vector["ask"]), book=book()) for vector in vectors]

    assert [{key: f.get(key) for key in v["expect"]} for v, f in zip(vectors, found, strict=True)] == [
        vector["expect"] for vector in vectors
    ]
