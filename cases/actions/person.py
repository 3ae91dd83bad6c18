"""What people set for themselves: how they are addressed and reminded, when they are away, their keys to the API."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from cases.actions import RuleBroken
from cases.actions.log import write_log
from cases.models import Leave, Person

CHANGEABLE: Final = frozenset({"language", "zone", "quiet_from", "quiet_until", "keys_off"})
MOST_TOKENS: Final = 10


class BadLeave(RuleBroken):
    code = "bad_leave"


class TooManyTokens(RuleBroken):
    code = "too_many_tokens"


@transaction.atomic
def change_settings(
    *, person: Person, fields: Mapping[str, str | bool | time | None], by: Person, at: datetime
) -> Person:
    """`fields`: any of CHANGEABLE. Names and roles are kept by administrators."""
    if unknown := fields.keys() - CHANGEABLE:
        raise ValueError(f"A person sets no such fields: {sorted(unknown)}")
    person = Person.objects.select_for_update().get(pk=person.pk)
    changed = sorted(name for name, value in fields.items() if getattr(person, name) != value)
    for name in changed:
        setattr(person, name, fields[name])
    person.save(update_fields=changed)
    write_log("change_settings", person, case=None, by=by, at=at, facts={"fields": changed})
    return person


# ---- Leave -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def take_leave(
    *, person: Person, from_on: date, until_on: date, by: Person, at: datetime, stand_in: Person | None = None
) -> Leave:
    """Whom to ask meanwhile; without a stand-in the words climb the ladder."""
    Person.objects.select_for_update().get(pk=person.pk)
    check_leave(person, from_on, until_on, stand_in, today=today_of(person, at))
    leave = Leave.objects.create(person=person, from_on=from_on, until_on=until_on, stand_in=stand_in)
    facts = {"from_on": from_on, "until_on": until_on, "stand_in": stand_in.uid if stand_in else None}
    write_log("take_leave", leave, case=None, by=by, at=at, facts=facts)
    return leave


def check_leave(person: Person, from_on: date, until_on: date, stand_in: Person | None, *, today: date) -> None:
    if until_on < from_on:
        raise BadLeave(_("The last day comes before the first."))
    if until_on < today:
        raise BadLeave(_("This leave is over already."))
    if stand_in == person:
        raise BadLeave(_("Nobody stands in for themselves."))
    if person.leaves.filter(from_on__lte=until_on, until_on__gte=from_on).exists():
        raise BadLeave(_("You are away on some of these days already."))


@transaction.atomic
def end_leave(*, leave: Leave, by: Person, at: datetime) -> None:
    """Back early: the days that were taken stay; a leave not begun is taken off, its history stays."""
    leave = Leave.objects.select_for_update(of=("self",)).select_related("person").get(pk=leave.pk)
    today = today_of(leave.person, at)
    if leave.until_on < today:
        raise BadLeave(_("This leave is over already."))
    write_log("end_leave", leave, case=None, by=by, at=at, facts={"from_on": leave.from_on, "until_on": leave.until_on})
    if leave.from_on >= today:
        leave.delete()
        return
    leave.until_on = today - timedelta(days=1)
    leave.save(update_fields=["until_on"])


def today_of(person: Person, at: datetime) -> date:
    return at.astimezone(ZoneInfo(person.zone)).date()


# ---- Keys to the API -------------------------------------------------------------------------------------------------
@transaction.atomic
def make_token(*, person: Person, days: int, by: Person, at: datetime) -> str:
    """The token itself, which nobody can read again: only its hash is kept."""
    Person.objects.select_for_update().get(pk=person.pk)
    if AuthToken.objects.filter(user=person, expiry__gt=at).count() >= MOST_TOKENS:
        raise TooManyTokens(_("You have ten tokens. Revoke one first."))
    kept, token = AuthToken.objects.create(user=person, expiry=timedelta(days=days))
    write_log("make_token", person, case=None, by=by, at=at, facts={"key": kept.token_key, "days": days})
    return str(token)


@transaction.atomic
def revoke_token(*, person: Person, key: str, by: Person, at: datetime) -> None:
    """`key`: the first signs of the token, by which it is told from others. Revoked twice is revoked."""
    gone, _kinds = AuthToken.objects.filter(user=person, token_key=key).delete()
    if gone:
        write_log("revoke_token", person, case=None, by=by, at=at, facts={"key": key})


def log_password_change(*, person: Person, by: Person, at: datetime) -> None:
    """Django's own form has changed it; nothing of it is kept here."""
    write_log("change_password", person, case=None, by=by, at=at)
