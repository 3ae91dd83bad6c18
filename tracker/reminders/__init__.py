"""The words said of deadlines: `timetable` knows when, `telling` whom, `letters` how it reads; `arming`, `making` and
`sending` are the three passes of the `sweep`; `rebuild` proves them.
"""

from tracker.reminders.rebuild import rebuild
from tracker.reminders.sweep import Rehearsed, Swept, rehearse, sweep

__all__ = ["Rehearsed", "Swept", "rebuild", "rehearse", "sweep"]
