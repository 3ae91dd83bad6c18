"""Words said of deadlines: `timetable` knows when, `telling` whom, `ways` by which channels, `letters` how it reads;
`arming`, `making` and `sending` are the three passes of the `sweep`; `rebuild` proves them. Words by the timetable are
made by `subscribed`; `digests`, `standing` and `alarms` are what they say, `writing` picks among all of these.
"""

from tracker.reminders.rebuild import rebuild
from tracker.reminders.rehearsing import Rehearsed, TooFar, rehearse
from tracker.reminders.subscribed import subscribe_everybody
from tracker.reminders.sweep import Swept, sweep

__all__ = ["Rehearsed", "Swept", "TooFar", "rebuild", "rehearse", "subscribe_everybody", "sweep"]
