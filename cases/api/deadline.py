"""Deadlines: each clock with its date or what is missing, how it was worked out, and the ledgers that move it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from cases import working
from cases.actions import deadline as deadlines
from cases.actions.extension import TOO_EARLY, is_too_early
from cases.actions.grounds import rests_on_withdrawn
from cases.actions.orders import NO_LAW
from cases.actions.revising import if_both
from cases.api.rooms import Given, Room, opens, verb
from cases.api.shapes import Day, Known, KnownCase, OneDay, Reason, Shape, Someone, Words, Worked
from cases.asked import Asked
from cases.law.clocks import Missing
from cases.law.rulebook import book
from cases.models import Deadline, DeadlineVersion, Extension, ExtensionState, Notice, Suspension

UNITS = ("hour", "day", "working_day", "week", "month", "year")


class VersionShape(Shape[DeadlineVersion]):
    working = serializers.SerializerMethodField()

    class Meta:
        model = DeadlineVersion
        fields = (
            "uid", "number", "status", "cause", "reason", "due_on", "due_at", "nominal_on", "safe_due_on",
            "provisional", "provisional_why", "missing", "rule_version", "calendar_version", "profile", "facts",
            "trace", "working", "made_at", "made_by", "confirmed_at", "confirmed_by", "rejected_at",
        )  # fmt: skip

    def get_working(self, version: DeadlineVersion) -> list[str]:
        return working.sentences(working.runs_of(version.trace))


class ExtensionShape(Shape[Extension]):
    class Meta:
        model = Extension
        fields = (
            "uid", "state", "amount", "unit", "until_on", "asked_on", "decided_on", "document", "instalment",
            "reason",
        )  # fmt: skip


class SuspensionShape(Shape[Suspension]):
    class Meta:
        model = Suspension
        fields = ("uid", "from_on", "until_on", "document", "reason")


def sentence(  # noqa: PLR0917  # columns in their order
    due_on: date | None,
    due_at: datetime | None,
    is_hourly: bool,  # noqa: FBT001
    missing: Sequence[str] | None,
    caution: str,
    rule_id: str,
    started_on: date | None,
    zone: str,
) -> str:
    """In the reader's language: the date, or which facts it waits for."""
    if due_on is None:
        said = working.missing_sentence(Missing(tuple(missing or ())), book())
        if NO_LAW.caution not in caution.split() or started_on is None:
            return said
        return f"{said} {working.missing_law_sentence(rule_id, started_on, book())}"
    if is_hourly and due_at:  # by the deadline's own clock
        return _("Due %(when)s") % {"when": due_at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")}
    return _("Due %(when)s") % {"when": due_on.isoformat()}


class DeadlineShape(Shape[Deadline]):
    """`due_on` leads: the earliest of what is in force, what is proposed, and what holds were both confirmed that are.

    Without a date, `missing` says why.
    """

    nominal_on = serializers.DateField(source="current.nominal_on", read_only=True, allow_null=True)
    safe_due_on = serializers.DateField(source="current.safe_due_on", read_only=True, allow_null=True)
    provisional = serializers.BooleanField(source="current.provisional", read_only=True, allow_null=True)
    missing = serializers.ListField(
        source="current.missing", child=serializers.CharField(), read_only=True, allow_null=True
    )
    sentence = Worked(
        "due_on", "due_at", "is_hourly", "current__missing", "caution", "rule_id", "event__occurred_on",
        "zone", by=sentence,
        help_text="In the reader's language: the date, or which facts it waits for.",
    )  # fmt: skip

    class Meta:
        model = Deadline
        fields = (
            "uid", "case", "revision", "kind", "actor", "rule_id", "title_en", "title_zh", "event", "notice", "measure",
            "owner", "zone", "calendar", "is_hourly", "caution", "differs_on", "due_on", "due_at", "nominal_on",
            "safe_due_on", "provisional", "missing", "sentence", "outcome", "outcome_at", "outcome_reason", "met_by",
            "answered_by",
        )  # fmt: skip


class DeadlineDetail(DeadlineShape):
    current = VersionShape(read_only=True, allow_null=True)
    versions = VersionShape(many=True, read_only=True)
    extensions = ExtensionShape(many=True, read_only=True)
    suspensions = SuspensionShape(many=True, read_only=True)
    if_both_on = serializers.SerializerMethodField(
        help_text="Where two dates are proposed: the date were both confirmed. It leads where it is the earliest."
    )
    rests_on_withdrawn = serializers.SerializerMethodField(
        help_text="Holiday arrangements withdrawn since, by which the date in force was counted all the same."
    )

    class Meta(DeadlineShape.Meta):
        fields = (  # type: ignore[assignment]
            *DeadlineShape.Meta.fields, "if_both_on", "rests_on_withdrawn", "current", "versions", "extensions",
            "suspensions",
        )  # fmt: skip

    def get_if_both_on(self, deadline: Deadline) -> date | None:
        version = if_both(deadline)
        return version.due_on if version else None

    def get_rests_on_withdrawn(self, deadline: Deadline) -> list[str]:
        return rests_on_withdrawn(deadline)


# ---- In --------------------------------------------------------------------------------------------------------------
class Confirmed(Asked):
    """`version` may be left out where no more than one date is proposed."""

    version = Known(DeadlineVersion, case="deadline__case", required=False)


class Rejected(Confirmed):
    reason = serializers.CharField()


class InternalDeadline(Asked):
    case = KnownCase()
    title_en = Words(max_length=300)
    title_zh = Words(max_length=300)
    due_on = OneDay()
    owner = Someone(required=False, allow_null=True)


class AskExtension(Asked):
    amount = serializers.IntegerField(min_value=1, max_value=10_000, required=False)
    unit = serializers.ChoiceField(choices=UNITS, required=False)
    until_on = Day()
    asked_on = Day()
    reason = Words()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        period = [name for name in ("amount", "unit") if attrs.get(name)]
        if len(period) != (0 if attrs.get("until_on") else 2):
            raise serializers.ValidationError(_("Give amount and unit, or until_on."))
        return attrs


class Decided(Asked):
    """`extension` may be left out where just one is asked for."""

    extension = Known(Extension, case="deadline__case", required=False)
    decided_on = OneDay()
    document = Known(Notice, required=False, allow_null=True)


class Refused(Decided):
    reason = serializers.CharField()


class TakenBack(Asked):
    """`extension` may be left out where just one is granted."""

    extension = Known(Extension, case="deadline__case", required=False)
    reason = serializers.CharField()


class Suspend(Asked):
    from_on = OneDay()
    until_on = Day(help_text="The first day the clock runs again; empty while it stands.")
    reason = serializers.CharField()
    document = Known(Notice, required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("until_on") and attrs["until_on"] < attrs["from_on"]:
            raise serializers.ValidationError({"until_on": [_("A suspension ends after it starts.")]})
        return attrs


class Resume(Asked):
    """`suspension` may be left out where just one stands."""

    suspension = Known(Suspension, case="deadline__case", required=False)
    until_on = OneDay(help_text="The first day the clock runs again.")


class Profile(Asked):
    profile = serializers.CharField(max_length=12)


class Override(Asked):
    due_on = OneDay()
    reason = serializers.CharField()


class Owner(Asked):
    owner = Someone(allow_null=True)


class Deadlines(Room):
    """Soonest first, those without a date last."""

    model, shape, whole = Deadline, DeadlineShape, DeadlineDetail
    order = ("due_at", "pk")
    filters = {
        "case": "case__reference", "state": "outcome", "kind": "kind", "actor": "actor", "rule": "rule_id",
        "owner": "owner__uid", "notice": "notice__uid", "measure": "measure__uid",
    }  # fmt: skip

    def rows(self, shape: type[Shape[Any]]) -> QuerySet[Any]:
        rows = super().rows(shape)
        if shape is DeadlineShape:
            return rows
        people = ("current__made_by", "current__confirmed_by", "versions__made_by", "versions__confirmed_by")
        return rows.prefetch_related(*people, "extensions__document", "suspensions__document")

    @opens("decide_deadline", InternalDeadline)
    def create(self, given: Given) -> Deadline:
        """Sets an internal date. The clocks of the law start by themselves, from notices and events."""
        if not (given.get("title_en") or given.get("title_zh")):
            raise serializers.ValidationError({"title_en": [_("Give a title, in English or in Chinese.")]})
        return deadlines.set_internal_deadline(**given)

    @verb("extend", "decide_deadline", AskExtension)
    def extend(self, deadline: Deadline, given: Given) -> Extension:
        """Asks for more time: a period, or a date. The date moves when it is granted."""
        return deadlines.ask_extension(deadline=deadline, **given)

    @verb("grant-extension", "decide_deadline", Decided)
    def grant_extension(self, deadline: Deadline, given: Given) -> Extension:
        asked = extension_decided(deadline, given)
        return deadlines.grant_extension(extension=asked, **given)

    @verb("refuse-extension", "decide_deadline", Refused)
    def refuse_extension(self, deadline: Deadline, given: Given) -> Extension:
        asked = extension_decided(deadline, given)
        return deadlines.refuse_extension(extension=asked, **given)

    @verb("withdraw-extension", "decide_deadline", TakenBack)
    def withdraw_extension(self, deadline: Deadline, given: Given) -> Extension:
        """Recorded as granted by mistake: it stays, with the state, and the date falls back."""
        alone = deadline.extensions.filter(state=ExtensionState.GRANTED, instalment__isnull=True)
        granted = the_one(deadline, alone, given, "extension")
        return deadlines.withdraw_extension(extension=granted, **given)

    @verb("suspend", "decide_deadline", Suspend)
    def suspend(self, deadline: Deadline, given: Given) -> Suspension:
        return deadlines.suspend(deadline=deadline, **given)

    @verb("resume", "decide_deadline", Resume)
    def resume(self, deadline: Deadline, given: Given) -> Suspension:
        standing = the_one(deadline, deadline.suspensions.filter(until_on__isnull=True), given, "suspension")
        if given["until_on"] < standing.from_on:
            raise serializers.ValidationError({"until_on": [_("A suspension ends after it starts.")]})
        return deadlines.resume(suspension=standing, **given)

    @verb("confirm", "decide_deadline", Confirmed)
    def confirm(self, deadline: Deadline, given: Given) -> DeadlineVersion:
        """A proposed date takes effect; without a proposal, the date in force is confirmed.

        Of several proposals the one named: what a fact moves and what a calendar moves are decided apart.
        """
        return deadlines.confirm_version(deadline=deadline, **given)

    @verb("withdraw-proposal", "decide_deadline", Rejected)
    def withdraw_proposal(self, deadline: Deadline, given: Given) -> Deadline:
        """Of several proposals the one named; the other stays open."""
        return deadlines.withdraw_proposal(deadline=deadline, **given)

    @verb("choose-profile", "decide_deadline", Profile)
    def choose_profile(self, deadline: Deadline, given: Given) -> Deadline:
        """Settles how the days of an order are counted, for every deadline of its measure."""
        return deadlines.choose_profile(deadline=deadline, **given)

    @verb("override", "decide_deadline", Override)
    def override(self, deadline: Deadline, given: Given) -> Deadline:
        return deadlines.override_deadline(deadline=deadline, **given)

    @verb("waive", "decide_deadline", Reason)
    def waive(self, deadline: Deadline, given: Given) -> Deadline:
        return deadlines.waive_deadline(deadline=deadline, **given)

    @verb("meet", "decide_deadline", Reason)
    def meet(self, deadline: Deadline, given: Given) -> Deadline:
        """Done without a filing. A legal deadline of ours is met by a filing with its receipt."""
        return deadlines.meet_deadline(deadline=deadline, **given)

    @verb("assign", "decide_deadline", Owner)
    def assign(self, deadline: Deadline, given: Given) -> Deadline:
        return deadlines.assign_deadline(deadline=deadline, **given)


def extension_decided(deadline: Deadline, given: Given) -> Extension:
    asked: Extension = the_one(deadline, deadline.extensions.filter(state=ExtensionState.ASKED), given, "extension")
    if is_too_early(given["decided_on"], asked):
        raise serializers.ValidationError({"decided_on": [TOO_EARLY]})
    return asked


def the_one(deadline: Deadline, standing: QuerySet[Any], given: Given, name: str) -> Any:
    """The line of this deadline's ledger that was named or, where none was, the only one that stands."""
    named = given.pop(name, None)
    found = [named] if named else list(standing[:2])
    if len(found) != 1 or found[0].deadline_id != deadline.pk:
        raise serializers.ValidationError({name: [_("Name which one, by its uid.")]})
    return found[0]
