"""The watch: which deadline speaks next, what was said to whom by which channel, and the frozen status pages."""

from tracker.models.briefing import Briefing
from tracker.models.channel import Channel, ChatAddress, ChatService, ChosenChannel, WordKind
from tracker.models.reminder import AcknowledgedBy, Reminder, ReminderState
from tracker.models.step import LadderRole, Rung, Step, StepUnit
from tracker.models.subscription import Rhythm, Subject, Subscription
from tracker.models.watch import Sweep, Watch

__all__ = [
    "AcknowledgedBy",
    "Briefing",
    "Channel",
    "ChatAddress",
    "ChatService",
    "ChosenChannel",
    "LadderRole",
    "Reminder",
    "ReminderState",
    "Rhythm",
    "Rung",
    "Step",
    "StepUnit",
    "Subject",
    "Subscription",
    "Sweep",
    "Watch",
    "WordKind",
]
