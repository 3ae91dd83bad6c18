"""A captured hot list is read row by row; what is wrong is said by line, and nothing else is lost."""

import csv
import gzip
import io
import json
import tracemalloc
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import boards
from cases.boards import files

# The same bytes at every second: the tests are named by them.
compress = partial(gzip.compress, mtime=0)

HEADER = "captured_at,rank,title,category,heat,is_ad,read_count\n"
AT = "2025-08-01T00:00:00+08:00"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "hot-search-2025-08-09.csv.gz"


def read(text, **options):
    raw = text if isinstance(text, bytes) else text.encode()
    return list(boards.read(io.BytesIO(raw), **options))


def row(*, title="天气预报", rank="1", at=AT, category="社会", heat="10", is_ad="false", read_count="20"):
    return f"{at},{rank},{title},{category},{heat},{is_ad},{read_count}\n"


def test_row_becomes_an_entry():
    assert read(HEADER + row()) == [
        boards.Entry(
            line=2,
            captured_at=datetime(2025, 8, 1, tzinfo=timezone(timedelta(hours=8))),
            rank=1,
            title="天气预报",
            title_key="天气预报",
            category="社会",
            heat=10,
            is_ad=False,
            read_count=20,
        )
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + (HEADER + row()).encode(),
        (HEADER + row()).replace("\n", "\r\n").encode(),
        compress((HEADER + row()).encode()),
        compress(b"\xef\xbb\xbf" + HEADER.encode()) + compress(row().encode()),
        (HEADER + row()).rstrip().encode(),
        (HEADER.upper() + "\n  \n" + row()).encode(),
        json.dumps(
            {
                "captured_at": AT,
                "rank": 1,
                "title": "天气预报",
                "category": "社会",
                "heat": 10,
                "is_ad": False,
                "read_count": 20,
            }
        ).encode(),
    ],
)
def test_same_row_in_every_dress(raw):
    [entry] = read(raw)

    assert entry._replace(line=2) == read(HEADER + row())[0]


def test_line_is_where_the_row_starts_though_others_run_over_lines():
    text = HEADER + row(category='"暂无\r\n   主持记录\n \ue608"') + row(rank="2") + row(rank="x")

    first, second, bad = read(text)

    assert (first.line, second.line, bad.line) == (2, 5, 6)
    assert first.category is None


def test_column_order_is_the_files_own_and_extra_columns_are_ok():
    text = f"note,title,rank,captured_at,category\n,天气,3,{AT},\n"

    [entry] = read(text)

    assert (entry.rank, entry.title, entry.category) == (3, "天气", None)
    assert entry.heat is entry.is_ad is entry.read_count is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"rank": ""}, "rank"),
        ({"rank": "0"}, "rank"),
        ({"rank": "-1"}, "rank"),
        ({"rank": "1.0"}, "rank"),
        ({"rank": "１"}, "rank"),
        ({"rank": "1_0"}, "rank"),
        ({"rank": "9" * 5000}, "rank"),
        ({"at": "2025-08-01T00:00:00"}, "no_zone"),
        ({"at": "2025-08-01"}, "captured_at"),
        ({"at": "2025-02-30T00:00:00+08:00"}, "captured_at"),
        ({"at": "0001-01-01T00:00:00+08:00"}, "captured_at"),
        ({"at": ""}, "captured_at"),
        ({"title": ""}, "title"),
        ({"title": "\u200b\ue608 ##"}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"title": "长" * 501}, "title"),
        ({"title": "\ufdfa" * 100}, "title"),
        ({"heat": "many"}, "heat"),
        ({"heat": str(2**63)}, "heat"),
        ({"is_ad": "perhaps"}, "is_ad"),
        ({"read_count": "-5"}, "read_count"),
        ({"title": "one,two"}, "columns"),
    ],
)
def test_bad_row_is_listed_and_its_neighbours_stand(fields, reason):
    before, bad, after = read(HEADER + row(rank="7") + row(**fields) + row(rank="8"))

    assert (before.rank, after.rank) == (7, 8)
    assert (bad.line, bad.reason_code) == (3, reason)
    assert len(bad.detail) <= 81


@pytest.mark.parametrize(("told", "meant"), [("TRUE", True), ("1", True), ("是", True), ("no", False), ("", None)])
def test_advertisement_marks(told, meant):
    assert read(HEADER + row(is_ad=told))[0].is_ad is meant


def test_pinned_heat_is_zero_and_no_heat_is_unknown():
    assert [entry.heat for entry in read(HEADER + row(heat="0") + row(heat=" "))] == [0, None]


def test_naive_time_takes_the_zone_passed_in():
    [entry] = read(HEADER + row(at="2025-08-01 00:00:00"), default_zone=ZoneInfo("Asia/Shanghai"))

    assert entry.captured_at == datetime(2025, 7, 31, 16, tzinfo=UTC)


def test_bytes_that_are_not_utf8_cost_their_own_row():
    raw = HEADER.encode() + row(rank="1").encode() + row(rank="2").encode("gbk") + row(rank="3").encode()

    assert [(each.line, getattr(each, "reason_code", None)) for each in read(raw)] == [
        (2, None), (3, "encoding"), (4, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "stray",
    [
        f'{AT},2,"never closed,社会,1,false,2\n',
        f'{AT},2,five" wide,社会,1,false,2\n',
        f'{AT},2,"never closed,社会,1,false,2\nmore\nand more\n',
    ],
)
def test_open_quote_costs_no_other_row(stray):
    found = read(
        HEADER + row(rank="1") + stray + row(rank="3") + row(rank="4", category='"暂无\n\ue608"') + row(rank="5")
    )

    assert [each.rank for each in found if isinstance(each, boards.Entry) and each.rank != 2] == [1, 3, 4, 5]
    assert len(found) == 5


def test_open_quote_at_the_end_of_the_file_is_one_bad_row():
    first, last = read(HEADER + row() + f'{AT},2,"open')

    assert (first.rank, last.line, last.reason_code) == (1, 3, "columns")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n\n", "empty"),
        (compress(b""), "empty"),
        (b"rank,title,category\n", "columns"),
        (b"captured_at,rank,title,category,rank\n", "columns"),
        (b'"captured_at\n', "columns"),
        ((HEADER + row()).encode("utf-16"), "encoding"),
        ((HEADER + row()).encode("utf-16-le"), "encoding"),
        (HEADER.encode() + row().encode("gbk") * 3, "encoding"),
        (b"PK\x03\x04rest", "archive"),
        (compress(compress(HEADER.encode())), "archive"),
        (compress((HEADER + row() * 5000).encode())[:-20], "damaged_gzip"),
        (b"\x1f\x8bnot gzip", "damaged_gzip"),
        (HEADER.encode() + b"x" * (files.MAX_LINE + 1), "line_too_long"),
        (b"[1, 2]\n", "columns"),
    ],
)
def test_file_that_is_no_board_says_what_is_wrong(raw, code):
    with pytest.raises(boards.UnreadableBoard) as caught:
        read(raw)

    assert caught.value.code == code


def test_gzip_bomb_stops_at_the_cap():
    bomb = compress(HEADER.encode() + row().encode() * 500_000)
    assert len(bomb) < 200_000

    with pytest.raises(boards.UnreadableBoard) as caught:
        for _ in boards.read(io.BytesIO(bomb), max_bytes=100_000):
            pass

    assert (caught.value.code, caught.value.detail) == ("too_large", "100000")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "json"),
        ("[1]", "json"),
        ("7", "json"),
        ('{"a":' * 50_000, "json"),
        ('{"rank": ' + "9" * 5000 + "}", "json"),
        ('{"rank": 1}', "columns"),
        (json.dumps({"captured_at": AT, "rank": True, "title": "a", "category": ""}), "rank"),
        (json.dumps({"captured_at": AT, "rank": 1.5, "title": "a", "category": ""}), "rank"),
        (json.dumps({"captured_at": 1754006400, "rank": 1, "title": "a", "category": ""}), "captured_at"),
        (json.dumps({"captured_at": AT, "rank": 1, "title": ["a"], "category": ""}), "title"),
        (json.dumps({"captured_at": AT, "rank": 1, "title": "\ud800", "category": ""}), "encoding"),
    ],
)
def test_bad_json_line_is_listed(line, reason):
    good = json.dumps({"captured_at": AT, "rank": 4, "title": "天气", "category": None})

    first, bad, last = read(f"{good}\n{line}\n\n{good}\n")

    assert (first.line, bad.line, last.line) == (1, 2, 4)
    assert bad.reason_code == reason


def test_stream_that_gives_a_byte_at_a_time_and_is_not_ours_to_close():
    class Upload:
        def __init__(self):
            self.inner = io.BytesIO(compress((HEADER + row()).encode()))

        def read(self, size):
            return self.inner.read(min(size, 1))

    upload = Upload()

    assert len(list(boards.read(upload))) == 1
    assert not upload.inner.closed


def test_memory_does_not_grow_with_the_file():
    packed = io.BytesIO(compress((HEADER + row() * 60_000).encode()))
    tracemalloc.start()
    try:
        rows = sum(1 for _ in boards.read(packed))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert rows == 60_000  # more than four million bytes
    assert peak < 1_000_000


printable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


@given(st.lists(st.tuples(st.integers(1, 60), printable, printable), max_size=12))
def test_whatever_csv_writes_is_read_back_row_for_row(rows):
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER.strip().split(","))
    writer.writerows([AT, rank, title, category, 1, "true", 2] for rank, title, category in rows)

    found = read(out.getvalue())

    expected = [(rank, title.strip()) if boards.title_key(title) else "title" for rank, title, _ in rows]
    assert [(e.rank, e.title) if isinstance(e, boards.Entry) else e.reason_code for e in found] == expected


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail_otherwise(noise):
    try:
        found = read(HEADER.encode() + noise)
    except boards.UnreadableBoard:
        return

    assert all(isinstance(each, boards.Entry | boards.Rejected) and each.line >= 2 for each in found)


@pytest.mark.skipif(not REAL.exists(), reason="the shared board file is not beside the checkout")
def test_real_file_reconciles():
    with REAL.open("rb") as stream:
        found = list(boards.read(stream))

    assert len(found) == 66_324
    assert not [each for each in found if isinstance(each, boards.Rejected)]
    assert len({entry.captured_at for entry in found}) == 1_269
    assert sum(entry.category is None for entry in found) == 20_160
    assert sum(entry.is_ad for entry in found) == 1_675
    assert sum(entry.heat == 0 for entry in found) == 2_880
    assert found[-1].line <= 66_517
