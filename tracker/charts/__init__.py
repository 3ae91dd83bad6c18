"""Figures to SVG, on the server: frozen dataclass in, safe markup out, and the same figures as table rows.

No style attribute and no script, so the strictest content policy holds and the page prints as vectors.
"""

from tracker.charts.burnup import burn_up, burn_up_rows
from tracker.charts.exposure import exposure, exposure_rows
from tracker.charts.gantt import gantt, gantt_rows
from tracker.charts.meter import meter
from tracker.charts.weeks import ribbon, ribbon_rows, working_calendar, working_calendar_rows

__all__ = [
    "burn_up",
    "burn_up_rows",
    "exposure",
    "exposure_rows",
    "gantt",
    "gantt_rows",
    "meter",
    "ribbon",
    "ribbon_rows",
    "working_calendar",
    "working_calendar_rows",
]
