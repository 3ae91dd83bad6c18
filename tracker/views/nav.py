"""What stands around every page: the places a role may go, the open cases at hand, and the reader's own zone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import legislation
from cases.known_cases import Way
from cases.models import CaseState, Person, Role
from cases.permissions import can, cases_visible_to
from tracker.figures import Crumb, NavItem
from tracker.status.board import STALE
from tracker.templatetags.casebook import place_word

# key → (address, the verb it takes). What a role may not use is not shown.
PLACES: Final = {
    "desk": ("desk", "view"),
    "log": ("log_notice", "log_notice"),
    "cases": ("cases", "view"),
    "tasks": ("tasks_mine", "work_on_task"),
    "status": ("status_portfolio", "see_portfolio"),
    "outbox": ("outbox", "see_outbox"),
    "rulebook": ("rulebook", "see_rulebook"),
    "people": ("people", "keep_people"),
    "system": ("system_log", "see_system_log"),
}
# Pages that belong to a place without a case in their address.
WITHIN: Final = {
    "rulebook": frozenset({"rule", "holidays", "holiday_year"}),
    "people": frozenset({"person", "house_reminders", "house_steps", "house_ladder"}),
}
MOST_PINNED: Final = 6
PATIENCE: Final = timedelta(minutes=15)  # with a mail server, before everybody is told


@dataclass(frozen=True, slots=True)
class Pinned:
    reference: str
    title_en: str
    title_zh: str
    url: str
    current: bool
    tone: str = ""


def nav(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Executives read without a sidebar; a view may hand over its own `nav`, `crumbs`, `pinned`."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {"crumbs": crumbs(request)}
    now = timezone.now()
    around = {"crumbs": crumbs(request), "standstill": standstill(person, now=now), "unheard": unheard(person, now=now)}
    if person.role == Role.EXECUTIVE:
        return around
    return {**around, "nav": tuple(places(request, person)), "pinned": pinned(request, person)}


@dataclass(frozen=True, slots=True)
class Standstill:
    """No sweep has run of late; `since` the last one, None if there never was any."""

    since: datetime | None


def standstill(person: Person, *, now: datetime) -> Standstill | None:
    """`person` as `signing_in` reads them; where they were not, as on the page that signs in, nothing is said."""
    if not hasattr(person, "swept_at"):
        return None
    since: datetime | None = person.swept_at
    return Standstill(since) if since is None or now - since > STALE else None


def places(request: HttpRequest, person: Person) -> Iterator[NavItem]:
    here = request.resolver_match.url_name if request.resolver_match else ""
    inside = request.resolver_match is not None and "reference" in request.resolver_match.kwargs
    for key, (name, verb) in PLACES.items():
        if can(person, verb):
            current = here == name or (key == "cases" and inside) or here in WITHIN.get(key, ())
            yield NavItem(key, reverse(name), current=current)


def pinned(request: HttpRequest, person: Person) -> tuple[Pinned, ...]:
    match = request.resolver_match
    here = match.kwargs.get("reference", "") if match else ""
    mine = cases_visible_to(person, at=timezone.now(), way=Way.PAGE).filter(state=CaseState.OPEN)
    found = mine.order_by("-opened_at", "-pk").values_list("reference", "title_en", "title_zh")[:MOST_PINNED]
    return tuple(Pinned(*case, reverse("case", args=case[:1]), case[0] == here) for case in found)


def crumbs(request: HttpRequest) -> tuple[Crumb, ...]:
    """Inside a case: the cases, and the case itself. At a place: its name."""
    match = request.resolver_match
    if match is None or "reference" not in match.kwargs:
        here = [key for key, (name, _verb) in PLACES.items() if match and match.url_name == name]
        return tuple(Crumb(place_word(key)) for key in here)
    reference = match.kwargs["reference"]
    at_case = match.url_name == "case"
    return (Crumb(_("Cases"), reverse("cases")), Crumb(reference, "" if at_case else reverse("case", args=[reference])))


def unheard(person: Person, *, now: datetime) -> datetime | None:
    """Since when words wait for a mail server that gives no answer: it cannot itself be told of by mail."""
    since: datetime | None = getattr(person, "unheard_since", None)
    return since if since is not None and now - since > PATIENCE else None


class LawAsItStands:
    """Middleware: each request reads the law in force anew, if it asks for it at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        legislation.forget()
        return self.get_response(request)


class ReaderZone:
    """Middleware: `localtime` and typed hours are in the reader's own zone while their page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = ZoneInfo(request.user.zone) if isinstance(request.user, Person) else None
        with timezone.override(zone):
            return self.get_response(request)
