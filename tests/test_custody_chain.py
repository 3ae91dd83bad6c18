"""Whatever single thing is done to a custody chain is found, and called by its name."""

import ast
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cases.custody import chain

SALT = bytes(range(32))


def link(number, previous, *, verb="read"):
    opened = {"verb": (verb, SALT), "by": ("k7qd2m", SALT[::-1]), "size": (number, SALT)}
    values = {name: chain.salted(value, salt=salt) for name, (value, salt) in opened.items()}
    return chain.Link(number, previous, values, chain.entry_hash(previous, number=number, values=values), opened)


def chain_of(length):
    links, previous = [], chain.GENESIS
    for number in range(1, length + 1):
        links.append(link(number, previous))
        previous = links[-1].hash
    return links


def found(links, **options):
    fault = chain.verify(links, **options)
    return fault and (fault.kind, fault.number)


chains = st.integers(1, 5).map(chain_of)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)


# -- byte for byte, as docs/custody.md says --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, b"null"),
        (True, b"true"),
        (-7, b"-7"),
        ('案卷\n"\\\x1f\x7f/', '"案卷\\n\\"\\\\\\u001f\x7f/"'.encode()),
        ({"b": [1, ()], "a": {}}, b'{"a":{},"b":[1,[]]}'),
        # RFC 8785 3.2.3: U+FB33 comes after the surrogates of U+1F600, though it is the smaller code point.
        ({"\ufb33": 1, "\U0001f600": 2}, '{"\U0001f600":2,"\ufb33":1}'.encode()),
    ],
)
def test_canonical_form(value, expected):
    assert chain.canonical(value) == expected


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), {1: "a"}, {1, 2}, b"a", datetime(2026, 1, 1, tzinfo=UTC), [object()]]
)
def test_canonical_form_refuses_what_has_none(value):
    with pytest.raises((TypeError, AttributeError)):
        chain.canonical(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800"])
def test_canonical_form_refuses_what_json_cannot_carry(value):
    with pytest.raises(ValueError, match=r"53 bits|surrogates"):
        chain.canonical(value)


def test_hashes_by_hand():
    zeros = "0" * 64
    values = {"verb": zeros}
    text = f'{{"format":"casebook-custody-1","number":1,"previous":"{zeros}","values":{{"verb":"{zeros}"}}}}'

    assert chain.salted("é", salt=SALT) == sha256(SALT + b'"\xc3\xa9"').hexdigest()
    assert chain.entry_hash(chain.GENESIS, number=1, values=values) == sha256(text.encode()).hexdigest()
    assert (
        chain.leaf("ev", number=2, head="a")
        == sha256(b'{"evidence":"ev","format":"casebook-leaf-1","head":"a","number":2}').hexdigest()
    )
    assert (
        chain.seal_hash("c", day="2026-09-24", previous="p", leaves=["b", "a"])
        == sha256(
            b'{"case":"c","day":"2026-09-24","format":"casebook-seal-1","leaves":["a","b"],"previous":"p"}'
        ).hexdigest()
    )


def test_instant_is_utc_with_six_digits():
    at = datetime(2026, 9, 24, 9, 30, tzinfo=timezone(timedelta(hours=8)))

    assert chain.instant(at) == "2026-09-24T01:30:00.000000Z"
    with pytest.raises(ValueError, match="zone"):
        chain.instant(at.replace(tzinfo=None))


@pytest.mark.parametrize("salt", [b"", bytes(31), bytes(33)])
def test_salt_has_one_length(salt):
    with pytest.raises(ValueError, match="32"):
        chain.salted("a", salt=salt)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, json_values)
def test_canonical_form_is_json_and_tells_values_apart(one, other):
    assert json.loads(chain.canonical(one)) == one
    assert (chain.canonical(one) == chain.canonical(other)) == (
        json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    )


# -- sound chains ----------------------------------------------------------------------------------------------


@given(chains)
def test_untouched_chain_has_no_fault(links):
    assert chain.verify(links, seals={each.number: each.hash for each in links}) is None


def test_empty_chain_has_no_fault():
    assert chain.verify([]) is None


@given(chains, st.data())
def test_erasing_values_and_salts_breaks_nothing(links, data):
    erased = data.draw(st.sets(st.sampled_from(["verb", "by", "size"])))
    kept = [replace(each, opened={n: v for n, v in each.opened.items() if n not in erased}) for each in links]

    assert chain.verify(kept) is None


# -- one thing done to it --------------------------------------------------------------------------------------


@given(chains, st.data(), hashes)
def test_any_changed_field_is_named(links, data, other):
    place = data.draw(st.integers(0, len(links) - 1))
    victim = links[place]
    name = data.draw(st.sampled_from(["number", "previous", "hash", "values"]))
    new = {
        "number": data.draw(st.integers(0, 30)),
        "previous": other,
        "hash": other,
        "values": victim.values | {data.draw(st.sampled_from(["verb", "by", "size", "more"])): other},
    }[name]
    assume(new != getattr(victim, name))
    links[place] = replace(victim, **{name: new})

    assert found(links) == ("altered", place + 1)


@given(chains, st.data())
def test_any_changed_value_is_named_with_its_field(links, data):
    place = data.draw(st.integers(0, len(links) - 1))
    name = data.draw(st.sampled_from(["verb", "by", "size"]))
    links[place] = replace(links[place], opened=links[place].opened | {name: ("forged", SALT)})

    fault = chain.verify(links)

    assert (fault.kind, fault.number, fault.field) == ("altered", place + 1, name)


@given(chains, st.data())
def test_dropped_entry_is_named(links, data):
    place = data.draw(st.integers(0, len(links) - 1))
    seals = {links[-1].number: links[-1].hash}
    del links[place]

    assert found(links, seals=seals) == ("removed", place + 1)


@given(st.integers(2, 5).map(chain_of), st.data())
def test_dropped_entry_is_named_though_the_rest_was_renumbered(links, data):
    place = data.draw(st.integers(0, len(links) - 2))
    del links[place]

    assert found([replace(each, number=n) for n, each in enumerate(links, 1)]) == ("removed", place + 1)


@given(st.integers(2, 5).map(chain_of), st.data(), st.booleans())
def test_swapped_entries_are_named(links, data, renumbered):
    first, second = sorted(data.draw(st.sets(st.integers(0, len(links) - 1), min_size=2, max_size=2)))
    links[first], links[second] = links[second], links[first]
    if renumbered:
        links = [replace(each, number=n) for n, each in enumerate(links, 1)]

    assert found(links) == ("reordered", first + 1)


@given(chains, st.data(), hashes, st.sampled_from(["recomputed", "unfit", "foreign", "copy"]))
def test_inserted_entry_is_named(links, data, other, manner):
    place = data.draw(st.integers(0, len(links) - 1))
    previous = links[place - 1].hash if place else chain.GENESIS
    forged = {
        "recomputed": link(place + 1, previous, verb="forged"),
        "unfit": replace(link(place + 1, previous, verb="forged"), hash=other),
        "foreign": link(place + 1, other, verb="forged"),
        "copy": links[place],
    }[manner]
    links.insert(place, forged)

    assert found(links) == ("added", place + 1)
    if manner != "foreign":
        assert found([replace(each, number=n) for n, each in enumerate(links, 1)]) == ("added", place + 1)


@given(st.integers(2, 5).map(chain_of), st.data())
def test_rewritten_entry_with_its_hash_recomputed_is_named_by_the_next(links, data):
    place = data.draw(st.integers(0, len(links) - 2))
    links[place] = link(place + 1, links[place].previous, verb="forged")

    assert found(links) == ("altered", place + 1)


@given(chains, st.data())
def test_chain_rewritten_to_its_end_is_caught_by_the_seal(links, data):
    place = data.draw(st.integers(0, len(links) - 1))
    sealed = data.draw(st.integers(place, len(links) - 1))
    seals = {sealed + 1: links[sealed].hash}
    previous = links[place].previous
    for number in range(place + 1, len(links) + 1):
        links[number - 1] = link(number, previous, verb="forged")
        previous = links[number - 1].hash

    assert chain.verify(links) is None
    assert found(links, seals=seals) == ("altered", sealed + 1)


# -- seals -----------------------------------------------------------------------------------------------------


def seals_of(length):
    seals, previous = [], chain.GENESIS
    for day in range(1, length + 1):
        leaves = (chain.leaf("a", number=day, head="h"), chain.leaf("b", number=1, head="h"))
        hashed = chain.seal_hash("case", day=f"2026-09-{day:02}", previous=previous, leaves=leaves)
        seals.append(chain.Seal("case", f"2026-09-{day:02}", previous, leaves, hashed))
        previous = hashed
    return seals


def seal_fault(seals):
    fault = chain.verify_seals(seals)
    return fault and (fault.kind, fault.number)


@given(st.integers(0, 6).map(seals_of))
def test_untouched_seals_have_no_fault(seals):
    assert chain.verify_seals(seals) is None


@given(st.integers(1, 6).map(seals_of), st.data(), hashes)
def test_any_changed_seal_is_named(seals, data, other):
    place = data.draw(st.integers(0, len(seals) - 1))
    change = data.draw(
        st.sampled_from(
            [
                {"case": "x"},
                {"day": "2026-10-01"},
                {"previous": other},
                {"hash": other},
                {"leaves": (other,)},
                {"leaves": ()},
            ]
        )
    )
    assume(replace(seals[place], **change) != seals[place])
    seals[place] = replace(seals[place], **change)

    assert seal_fault(seals) == ("altered", place + 1)


@given(st.integers(2, 6).map(seals_of), st.data())
def test_dropped_swapped_or_doubled_seal_is_named(seals, data):
    place = data.draw(st.integers(0, len(seals) - 2))
    swapped = [*seals]
    swapped[place], swapped[place + 1] = seals[place + 1], seals[place]

    assert seal_fault(seals[:place] + seals[place + 1 :]) == ("removed", place + 1)
    assert seal_fault(swapped) == ("reordered", place + 1)
    assert seal_fault([*seals[: place + 1], *seals[place:]]) == ("added", place + 2)


def test_leaves_name_no_evidence_and_keep_no_order():
    one = chain.leaf("k7qd2m", number=3, head="0" * 64)

    assert "k7qd2m" not in one
    assert chain.seal_hash("c", day="d", previous="p", leaves=[one, "z"]) == chain.seal_hash(
        "c", day="d", previous="p", leaves=["z", one]
    )


def test_file_stands_alone():
    tree = ast.parse(Path(chain.__file__).read_text(encoding="utf-8"))
    named = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]

    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names
