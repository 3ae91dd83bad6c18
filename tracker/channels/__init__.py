"""How a word travels: `mail` and `chat`. Each failure is named by what may be done about it: later, never, or nothing
since the transport itself is away.
"""

from tracker.channels.chat import say, seal
from tracker.channels.letter import Away, Delayed, Letter, NotSent, Refused
from tracker.channels.mail import mail, message_id, send
from tracker.channels.opening import BadAddress, Opened, hint_of, open_address

__all__ = [
    "Away",
    "BadAddress",
    "Delayed",
    "Letter",
    "NotSent",
    "Opened",
    "Refused",
    "hint_of",
    "mail",
    "message_id",
    "open_address",
    "say",
    "seal",
    "send",
]
