"""The watch: which deadline speaks next, what was said to whom by which channel, and the frozen status pages."""

from tracker.models.briefing import Briefing
from tracker.models.reminder import AcknowledgedBy, Channel, Reminder, ReminderState
from tracker.models.step import LadderRole, Rung, Step, StepUnit
from tracker.models.watch import Sweep, Watch

__all__ = [
    "AcknowledgedBy",
    "Briefing",
    "Channel",
    "LadderRole",
    "Reminder",
    "ReminderState",
    "Rung",
    "Step",
    "StepUnit",
    "Sweep",
    "Watch",
]
