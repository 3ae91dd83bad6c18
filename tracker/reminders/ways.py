"""By which channels a kind of word reaches each of a batch of people, and the chat rooms of their cases; which of them
one person may choose from.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cases.models import Person
from cases.permissions import can
from tracker.models import Channel, ChatAddress, ChosenChannel, Reminder, WordKind


@dataclass(frozen=True, slots=True)
class Way:
    channel: Channel
    chat: ChatAddress | None = None

    def address_of(self, person: Person) -> str:
        """As the outbox shows it; of a chat, nothing that opens it."""
        if self.chat is not None:
            return f"{self.chat.get_service_display()} {self.chat.hint}"
        return person.email if self.channel == Channel.MAIL else ""

    @property
    def name(self) -> str:
        """As a form calls it."""
        return self.chat.uid if self.chat is not None else str(self.channel)


MAIL: Final = Way(Channel.MAIL)
DESK: Final = Way(Channel.DESK)


class Ways:
    """Two statements, however many people."""

    def __init__(self, people: Collection[Person], kind: WordKind, *, cases: Collection[int] = ()) -> None:
        self._chosen: dict[int, list[Way]] = defaultdict(list)
        pks = {person.pk for person in people}
        chosen = ChosenChannel.objects.filter(person__in=pks, kind=kind).exclude(chat__ended_at__isnull=False)
        for each in chosen.select_related("chat").order_by("pk"):
            self._chosen[each.person_id].append(Way(Channel(each.channel), each.chat))
        self._rooms = rooms(cases)

    def of(self, person: Person) -> Sequence[Way]:
        """Mail where nothing was chosen, or what was chosen is gone."""
        return self._chosen.get(person.pk) or (MAIL,)

    def room(self, case: int) -> Way | None:
        found = self._rooms.get(case)
        return Way(Channel.ROOM, found) if found else None


def rooms(cases: Collection[int]) -> Mapping[int, ChatAddress]:
    found = ChatAddress.objects.filter(case__in=cases, ended_at__isnull=True)
    return {each.case_id: each for each in found if each.case_id}


def by(way: Way, word: Reminder) -> Reminder:
    """The word, unsaved, made to go that way."""
    word.channel, word.chat, word.address = way.channel, way.chat, way.address_of(word.person)
    if way.channel == Channel.ROOM:
        # Anybody there could answer in its reader's name.
        word.acknowledge_within = None
    return word


# ---- Choosing --------------------------------------------------------------------------------------------------------
def kinds_for(person: Person) -> tuple[WordKind, ...]:
    """The kinds of word that reach them: digests and status mails are of cases, alarms of the running of the system."""
    of_cases = (WordKind.DIGEST, WordKind.STATUS) if can(person, "view") else ()
    return (WordKind.REMINDER, *of_cases, *((WordKind.ALARM,) if can(person, "run_watch") else ()))


def offered(person: Person, chats: Collection[ChatAddress]) -> tuple[Way, ...]:
    """Who sees no case has no Desk to be shown a word on."""
    desk = (DESK,) if can(person, "view") else ()
    return (MAIL, *desk, *(Way(Channel.CHAT, each) for each in chats))


def own_chats(person: Person) -> list[ChatAddress]:
    return list(ChatAddress.objects.filter(person=person, ended_at__isnull=True).order_by("made_at", "pk"))


def chosen_by(person: Person) -> Mapping[WordKind, Sequence[Way]]:
    """By kind, for every kind that reaches them; mail where nothing was chosen."""
    found: dict[WordKind, list[Way]] = {kind: [] for kind in kinds_for(person)}
    rows = ChosenChannel.objects.filter(person=person, kind__in=found).exclude(chat__ended_at__isnull=False)
    for each in rows.select_related("chat").order_by("pk"):
        found[WordKind(each.kind)].append(Way(Channel(each.channel), each.chat))
    return {kind: ways or [MAIL] for kind, ways in found.items()}
