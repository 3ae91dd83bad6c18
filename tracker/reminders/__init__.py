"""Words said of deadlines: `timetable` knows when, `telling` whom, `ways` by which channels, `letters` how it reads;
`arming`, `making` and `sending` are the three passes of the `sweep`; `rebuild` proves them. Words by the timetable are
made by `subscribed`; `digests`, `standing` and `alarms` are what they say, `writing` picks among all of these.
"""

from tracker.reminders.rebuild import rebuild
from tracker.reminders.subscribed import subscribe_everybody
from tracker.reminders.sweep import Rehearsed, Swept, rehearse, sweep

__all__ = ["Rehearsed", "Swept", "rebuild", "rehearse", "subscribe_everybody", "sweep"]
