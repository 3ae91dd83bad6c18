"""By which channels a kind of word reaches each of a batch of people, and the chat rooms of their cases."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cases.models import Person
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


MAIL: Final = Way(Channel.MAIL)


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
