"""How often a word comes by the timetable, in the active language."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.models import Rhythm
from tracker.status.wishes import SubscriptionRow


def timetable_text(row: SubscriptionRow) -> str:
    """How often and at what hour a word comes; the hour is in its reader's zone."""
    return _("%(rhythm)s, %(hour)s") % {"rhythm": _rhythm(row), "hour": row.at}


def _rhythm(row: SubscriptionRow) -> str:
    if row.weekday is not None:
        return _("every week on %(day)s") % {"day": WEEKDAYS[row.weekday - 1]}
    if row.days_before == 0:
        return _("on the day of each date set by law or order")
    if row.days_before is not None:
        told = ngettext(
            "%(n)s working day before each date set by law or order",
            "%(n)s working days before each date set by law or order",
            row.days_before,
        )
        return told % {"n": row.days_before}
    return str(Rhythm(row.rhythm).label)
