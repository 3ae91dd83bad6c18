"""Tracks with their moves, and the events that start clocks."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from cases.actions import event as events
from cases.actions import track as tracks
from cases.actions.applicability import laws_not_reached
from cases.actions.rehearsal import clocks_started
from cases.api.rooms import Given, Room, nested, opens, verb
from cases.api.shapes import Day, Instant, Known, KnownCase, Reason, Shape, Words, Zone, choice
from cases.asked import Asked
from cases.law import tracks as law
from cases.models import Authority, Event, Filing, Measure, Mover, Notice, Track, TrackKind, TrackMove


class MoveShape(Shape[TrackMove]):
    irregular = serializers.ListField(child=serializers.DictField(), read_only=True)

    class Meta:
        model = TrackMove
        fields = (
            "uid", "from_state", "to_state", "mover", "capacity", "occurred_on", "occurred_at", "zone", "document",
            "irregular", "reason", "recorded_at", "recorded_by",
        )  # fmt: skip


class TrackShape(Shape[Track]):
    class Meta:
        model = Track
        fields = ("uid", "case", "revision", "kind", "state", "notice", "measure", "recorded_at", "ended_at")


class TrackDetail(TrackShape):
    moves = MoveShape(many=True, read_only=True)

    class Meta(TrackShape.Meta):
        fields = (*TrackShape.Meta.fields, "moves")  # type: ignore[assignment]  # longer than the list's


class EventShape(Shape[Event]):
    class Meta:
        model = Event
        fields = (
            "uid", "case", "revision", "name", "occurred_on", "occurred_at", "zone", "notice", "measure", "track_move",
            "filing", "authority", "traits", "source", "note", "recorded_at", "voided_at", "void_reason",
        )  # fmt: skip


class Clock(serializers.Serializer[Any]):
    """A clock as it would stand."""

    rule_id = serializers.CharField(source="deadline.rule_id")
    title_en = serializers.CharField(source="deadline.title_en")
    title_zh = serializers.CharField(source="deadline.title_zh")
    kind = serializers.CharField(source="deadline.kind")
    actor = serializers.CharField(source="deadline.actor")
    caution = serializers.CharField(source="deadline.caution")
    due_on = serializers.DateField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    missing = serializers.ListField(child=serializers.CharField())


class Told(serializers.Serializer[Any]):
    clocks = Clock(many=True)
    laws_not_reached = serializers.ListField(child=serializers.CharField())


# ---- In --------------------------------------------------------------------------------------------------------------
@extend_schema_field({"type": "object", "additionalProperties": {"type": "boolean", "nullable": True}})
class ConditionsKnown(serializers.DictField):
    """What is known of the conditions the law sets, by code; what is left out or null stays unknown."""

    child = serializers.BooleanField(allow_null=True)
    default_error_messages = {"no_condition": _("The law asks no such condition: {codes}.")}

    def to_internal_value(self, data: Any) -> dict[str, bool | None]:
        told: dict[str, bool | None] = super().to_internal_value(data)
        asked = {each.code for kind in TrackKind.values for each in law.conditions(kind)}
        if unknown := told.keys() - asked:
            self.fail("no_condition", codes=", ".join(sorted(unknown)))
        return told


class TrackIn(Asked):
    case = KnownCase()
    kind = choice(TrackKind)
    notice = Known(Notice, required=False, allow_null=True)
    measure = Known(Measure, required=False, allow_null=True)
    state = serializers.CharField(max_length=40, required=False)


class MoveIn(Asked):
    to_state = serializers.CharField(max_length=40)
    mover = choice(Mover)
    occurred_on = Day()
    occurred_at = Instant()
    zone = Zone(required=False)
    document = Known(Notice, required=False, allow_null=True)
    conditions = ConditionsKnown(required=False)
    capacity = Words(max_length=120)
    reason = Words()


class EventIn(Asked):
    case = KnownCase()
    name = serializers.CharField(max_length=60)
    occurred_on = Day()
    occurred_at = Instant()
    zone = Zone(required=False, help_text="Left out: the authority's.")
    notice = Known(Notice, required=False, allow_null=True)
    measure = Known(Measure, required=False, allow_null=True)
    filing = Known(Filing, required=False, allow_null=True)
    authority = Known(
        Authority, case="", required=False, allow_null=True, help_text="Left out: the notice's, else the case's."
    )
    traits = serializers.DictField(
        child=serializers.BooleanField(), required=False, help_text="What is known of the procedure, by name."
    )
    source = Words(max_length=300)  # type: ignore[assignment]  # a field of that name
    note = Words()


class Correction(Asked):
    occurred_on = Day()
    occurred_at = Instant()
    traits = serializers.DictField(child=serializers.BooleanField(), required=False, help_text="Left out: as it was.")
    reason = serializers.CharField()


class Tracks(Room):
    """Procedures: each of one kind, about one measure or notice, with the moves it made."""

    model, shape, whole = Track, TrackShape, TrackDetail
    filters = {
        "case": "case__reference", "kind": "kind", "state": "state", "notice": "notice__uid", "measure": "measure__uid",
    }  # fmt: skip

    def rows(self, shape: type[Shape[Any]]) -> Any:
        rows = super().rows(shape)
        return rows.prefetch_related(*nested(TrackDetail, self.person, self.at)) if shape is TrackDetail else rows

    @opens("move_track", TrackIn)
    def create(self, given: Given) -> Track:
        return tracks.open_track(**given)

    @verb("move", "move_track", MoveIn)
    def move(self, track: Track, given: Given) -> TrackMove:
        """An authority's move is recorded as it happened, irregular where so; one of ours may be refused (409)."""
        return tracks.move_track(track=track, **given)


class Events(Room):
    """What happened that can start a clock, by its name in the closed list of `events.toml`."""

    model, shape = Event, EventShape
    filters = {"case": "case__reference", "name": "name", "notice": "notice__uid", "measure": "measure__uid"}

    @opens("log_event", EventIn)
    def create(self, given: Given) -> Event:
        """The deadlines it starts are found at `/deadlines/?case=`."""
        return events.log_event(**given)

    @extend_schema(responses={200: Told})
    @opens("log_event", EventIn, name="foretell")
    def foretell(self, given: Given) -> Response:
        """The clocks it would start, each in its first version, and whose rules know it but are not reached; nothing
        is written."""
        by, at = given["by"], given["at"]
        event = events.new_event(**{"occurred_on": None, "occurred_at": None, "zone": "", **given})
        told = {"clocks": clocks_started(event, by=by, at=at), "laws_not_reached": laws_not_reached(event)}
        return Response(Told(told).data)

    @verb("correct", "log_event", Correction)
    def correct(self, event: Event, given: Given) -> Event:
        """Dates that would move are proposed, not changed."""
        return events.correct_event(event=event, **{"occurred_on": None, **given})

    @verb("void", "void", Reason)
    def void(self, event: Event, given: Given) -> Event:
        return events.void_event(event=event, **given)
