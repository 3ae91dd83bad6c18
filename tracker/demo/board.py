"""Made-up captures of a hot list for the twin: no title is real, no person is named."""

import csv
import io
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SURFACE = "demo hot list"
ROWS = 20
DAYS = 8
# Hours nobody captured: a gap is a gap, never a zero.
GAP_DAY, GAP_HOURS = 3, range(9, 14)
GOSSIP = tuple(f"示例艺人{sign}{what}" for sign in "甲乙丙丁" for what in ("机场私服", "综艺落泪", "深夜动态"))
OTHER = tuple(f"示例{topic}第{n}条" for topic in ("民生", "科技", "体育", "天气") for n in range(1, 7))
HEADER = ("captured_at", "rank", "title", "category", "heat", "is_ad", "read_count")


def capture_file(first: date, zone: ZoneInfo) -> bytes:
    """Eight days by the hour; entries about artists thin out from the fifth day on, as the clean-up begins."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for day in range(DAYS):
        for hour in range(24):
            if day == GAP_DAY and hour in GAP_HOURS:
                continue
            at = datetime.combine(first + timedelta(days=day), time(hour), zone)
            writer.writerows(hour_rows(at, day, hour))
    return out.getvalue().encode()


def hour_rows(at: datetime, day: int, hour: int) -> list[tuple[str, ...]]:
    gossip = max(0, (9 - 2 * max(0, day - 3)) - (hour % 3))
    rows: list[tuple[str, ...]] = []
    for rank in range(1, ROWS + 1):
        about_artists = rank % 2 == 1 and rank // 2 < gossip
        pick = (day * 5 + hour // 4 + rank * 7) % (len(GOSSIP) if about_artists else len(OTHER))
        title = (GOSSIP if about_artists else OTHER)[pick]
        # The board leaves some rows unclassified: those are unknown, not harmless.
        category = "艺人" if about_artists else "暂无" if rank % 6 == 0 else "社会"
        heat = 0 if rank == 1 else 1_500_000 - rank * 40_000 - hour * 900
        is_ad = "true" if rank == 8 and hour % 5 == 0 else "false"
        rows.append((at.isoformat(), str(rank), title, category, str(heat), is_ad, str(heat * 31)))
    return rows
