"""Reminders, briefings and the status of a case: the same figures as the pages show, from `tracker.status`."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Final, cast

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from cases.actions import RuleBroken, idempotency
from cases.actions.idempotency import Answer
from cases.actions.reading import log_read
from cases.asked import Asked, check_query
from cases.models import Case, Person
from cases.permissions import cases_visible_to, check_can, visible_to
from tracker.api.answers import Schema, plain, schema_of
from tracker.briefings import is_intact, sign_briefing
from tracker.models import AcknowledgedBy, Briefing, Channel, Reminder, ReminderState, WordKind
from tracker.reminders.acknowledging import acknowledge, asks, own_reminders
from tracker.status.executive import CaseStatus, case_status
from tracker.status.lists import MOST, PAGE, BadCursor, Page, page
from tracker.status.outbox import REMINDER, ReminderRow, outbox_list, reminder_row

UID: Final = "[0-9a-z]{1,40}"
REFERENCE: Final = r"[\w.-]{1,40}"
PAGED: Final = [  # as the lists of the record have them
    OpenApiParameter("case", str, description="The reference of a case."),
    OpenApiParameter("cursor", str, description="Where the page begins; take it from next or previous."),
    OpenApiParameter("size", int, description="Rows a page."),
]
NARROWED: Final[Mapping[str, Sequence[str]]] = {
    "state": ReminderState.values, "kind": WordKind.values, "channel": Channel.values,
}  # fmt: skip
NARROWING: Final = [OpenApiParameter(name, str, enum=values) for name, values in NARROWED.items()]
UID_NAMED: Final = OpenApiParameter("uid", str, OpenApiParameter.PATH)
REFERENCE_NAMED: Final = OpenApiParameter("reference", str, OpenApiParameter.PATH)
JSON: Final = (200, "application/json")


class Door(ViewSet):
    """Who asks, and the one reading of the clock in a request."""

    @cached_property
    def at(self) -> datetime:
        return timezone.now()

    @property
    def person(self) -> Person:
        return cast(Person, self.request.user)

    def case_named(self, reference: str) -> Case:
        found: Case = get_object_or_404(cases_visible_to(self.person, at=self.at), reference=reference)
        return found

    def answer(self, found: Page[Any], shown: Callable[[Any], Any] = plain) -> Response:
        links = {"next": self.link(found.next), "previous": self.link(found.previous)}
        return Response({**links, "results": [shown(row) for row in found.rows]})

    def link(self, cursor: str) -> str | None:
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}") if cursor else None

    def size(self) -> int:
        text = self.request.query_params.get("size", str(PAGE))
        if not text.isdecimal() or not 0 < int(text) <= MOST:
            told = _("A whole number from 1 to %(most)s is wanted.") % {"most": MOST}
            raise serializers.ValidationError({"size": [told]})
        return int(text)

    def asked(self, *names: str) -> dict[str, str]:
        """Filters of a list by name; of a case one may not know of there is as little as of one that is not there."""
        check_query(self.request, (*names, "cursor", "size"))
        sent = self.request.query_params
        if any("\x00" in sent.get(name, "") for name in names):
            raise serializers.ValidationError(_("This cannot be searched for."))
        return {{"case": "case__reference"}.get(name, name): sent[name] for name in names if sent.get(name)}

    def handle_exception(self, exc: Exception) -> Response:
        """As the lists of the record tell it."""
        if isinstance(exc, BadCursor):
            exc = serializers.ValidationError({"cursor": [_("This cursor is not of this list.")]})
        return super().handle_exception(exc)

    def cursor(self) -> str:
        return self.request.query_params.get("cursor", "")

    def once(self, act: Callable[[], Answer]) -> Answer:
        """As the rooms of the record do: a key sent again is answered as the first time."""
        sent, request = self.request.headers.get("Idempotency-Key"), self.request
        if sent is None:
            return act()
        mark = idempotency.fingerprint(request.method or "", request.get_full_path(), request.data)
        return idempotency.once(key=idempotency.read_key(sent), fingerprint=mark, act=act, by=self.person, at=self.at)


def replayed(answer: Answer) -> dict[str, str]:
    return {"Idempotent-Replayed": "true"} if answer.is_repeat else {}


def paged(row: Schema) -> dict[tuple[int, str], Schema]:
    """The schema of a page of rows."""
    link = {"type": "string", "format": "uri", "nullable": True}
    properties = {"next": link, "previous": link, "results": {"type": "array", "items": row}}
    return {(200, "application/json"): {"type": "object", "required": list(properties), "properties": properties}}


class NothingToAcknowledge(RuleBroken):
    code = "nothing_to_acknowledge"


class Reminders(Door):
    """What was said to whom, of which kind and by which channel, and what became of it. Newest first.

    Of no case are words to one person alone: nobody else is shown them.
    """

    lookup_field, lookup_value_regex = "uid", UID

    @extend_schema(
        operation_id="reminders_list", parameters=[*PAGED, *NARROWING], responses=paged(schema_of(ReminderRow))
    )
    def list(self, _request: Request) -> Response:
        check_can(self.person, "see_outbox")
        wanted = self.asked("case", *NARROWED)
        for name, values in NARROWED.items():
            if wanted.get(name, values[0]) not in values:
                told = _("One of these is wanted: %(choices)s.") % {"choices": ", ".join(values)}
                raise serializers.ValidationError({name: [told]})
        return self.answer(
            outbox_list(self.person, now=self.at, filters=wanted, cursor=self.cursor(), size=self.size())
        )

    @extend_schema(operation_id="reminders_retrieve", parameters=[UID_NAMED], responses={JSON: schema_of(ReminderRow)})
    def retrieve(self, request: Request, uid: str) -> Response:
        check_query(request)
        mine = visible_to(Reminder.objects.filter(uid=uid), self.person, at=self.at)
        found = mine.values(*REMINDER).first()
        if found is None:
            raise Http404
        check_can(self.person, "see_outbox")
        return Response(plain(reminder_row(found)))

    @extend_schema(
        operation_id="reminders_acknowledge",
        parameters=[UID_NAMED],
        request=None,
        responses={JSON: schema_of(ReminderRow)},
    )
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, uid: str) -> Response:
        """One's own; another's is not there. Nobody further up is told then."""
        Asked(data=request.data).is_valid(raise_exception=True)
        found = get_object_or_404(own_reminders(self.person, at=self.at), uid=uid)
        check_can(self.person, "view")
        if not asks(found) or not acknowledge(reminder=found, how=AcknowledgedBy.PAGE, at=self.at):
            raise NothingToAcknowledge(_("There was nothing left to acknowledge."))
        row = Reminder.objects.filter(pk=found.pk).values(*REMINDER).get()
        return Response(plain(reminder_row(row)))

    acknowledge.may = "view"  # type: ignore[attr-defined]


# ---- Briefings -------------------------------------------------------------------------------------------------------
class BriefingShape(serializers.ModelSerializer[Briefing]):
    case = serializers.SlugRelatedField(slug_field="reference", read_only=True)  # type: ignore[var-annotated]
    signed_by = serializers.SlugRelatedField(slug_field="uid", read_only=True)  # type: ignore[var-annotated]

    class Meta:
        model = Briefing
        fields = (
            "uid",
            "case",
            "number",
            "known_at",
            "words",
            "sha256",
            "signed_at",
            "signed_by",
            "erased_at",
            "erased_sha256",
        )
        read_only_fields = fields


BRIEFINGS: Final = inline_serializer(
    "BriefingPage",
    fields={
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": BriefingShape(many=True),
    },
)


class BriefingDetail(BriefingShape):
    """With the figures as they were, and whether they are still those that were signed."""

    is_intact = serializers.SerializerMethodField()
    figures = serializers.DictField(read_only=True)

    class Meta(BriefingShape.Meta):
        fields = (*BriefingShape.Meta.fields, "is_intact", "figures")  # type: ignore[assignment]  # longer

    def get_is_intact(self, briefing: Briefing) -> bool:
        return is_intact(briefing)


class BriefingIn(Asked):
    case = serializers.CharField(max_length=40)
    words = serializers.CharField()


class Briefings(Door):
    """Status pages frozen and signed. Newest first."""

    lookup_field, lookup_value_regex = "uid", UID

    def mine(self) -> QuerySet[Briefing]:
        return visible_to(Briefing.objects.select_related("case", "signed_by"), self.person, at=self.at)

    @extend_schema(operation_id="briefings_list", parameters=PAGED, responses=BRIEFINGS)
    def list(self, _request: Request) -> Response:
        rows = self.mine().defer("figures").filter(**self.asked("case"))
        found = page(rows, order=("-signed_at", "-pk"), cursor=self.cursor(), size=self.size())
        return self.answer(found, lambda briefing: BriefingShape(briefing).data)

    @extend_schema(operation_id="briefings_retrieve", parameters=[UID_NAMED], responses=BriefingDetail)
    def retrieve(self, request: Request, uid: str) -> Response:
        check_query(request)
        found = get_object_or_404(self.mine(), uid=uid)
        if self.request.method == "GET":
            log_read(record=found, case=found.case, by=self.person, at=self.at)
        return Response(BriefingDetail(found).data)

    @extend_schema(operation_id="briefings_create", request=BriefingIn, responses={201: BriefingDetail})
    def create(self, request: Request) -> Response:
        """Freezes where the case stands now and signs it, with a few words."""
        check_can(self.person, "sign_briefing")
        asked = BriefingIn(data=request.data)
        asked.is_valid(raise_exception=True)
        case = self.case_sent(asked.validated_data["case"])

        def sign() -> Answer:
            made = sign_briefing(case=case, words=asked.validated_data["words"], by=self.person, at=self.at)
            return Answer(201, JSONRenderer().render(BriefingDetail(made).data).decode(), case)

        answer = self.once(sign)
        return Response(json.loads(answer.body), status=answer.status, headers=replayed(answer))

    create.may = "sign_briefing"  # type: ignore[attr-defined]  # as in the rooms of the record: its stated policy

    def case_sent(self, reference: str) -> Case:
        found = cases_visible_to(self.person, at=self.at).filter(reference=reference).first()
        if found is None:
            raise serializers.ValidationError({"case": [_("There is no such case that you may know of.")]})
        return found


# ---- Where a case stands ---------------------------------------------------------------------------------------------
class CaseStatusDoor(Door):
    """The executive status of one case, as on its page."""

    @extend_schema(operation_id="cases_status", parameters=[REFERENCE_NAMED], responses={JSON: schema_of(CaseStatus)})
    def retrieve(self, request: Request, reference: str) -> Response:
        """Where it stands and why, what comes next, what waits for a decision."""
        check_query(request)
        return Response(plain(case_status(self.case_named(reference), self.person, now=self.at)))
