"""When a word that comes by the timetable is next due. Pure: reads no clock and no database."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)
# A calendar that knows no working day in so long is wrong; the word comes all the same.
FURTHEST = 60


def next_slot(
    after: datetime, *, at: time, zone: tzinfo, weekday: int | None = None, is_due: Callable[[date], bool] | None = None
) -> datetime:
    """The first moment after that one at which it is `at` in the zone, on that day of the week (1 is Monday) if one is
    named, on a day that `is_due` if that is asked. A wall time the clocks skip comes with the first that is there.
    """
    moment = after.astimezone(UTC)
    day = moment.astimezone(zone).date()
    for _ in range(FURTHEST):
        slot = datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
        if slot > moment and weekday in (None, day.isoweekday()) and (is_due is None or is_due(day)):
            return slot
        day += DAY
    return moment + DAY
