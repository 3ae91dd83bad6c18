"""Words by the timetable: which of them come to the one who asks, and asking for more or for none."""

import json
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cases.actions.idempotency import Answer
from cases.asked import Asked, check_query
from cases.models import CaseState
from cases.permissions import cases_visible_to, check_can
from tracker.api.answers import plain, schema_of
from tracker.api.doors import JSON, PAGED, UID, UID_NAMED, Door, paged, replayed
from tracker.models import Rhythm, Subject, Subscription
from tracker.models.subscription import MORNING
from tracker.reminders.choosing import MOST_DAYS_BEFORE, subscribe, unsubscribe, wrong_in
from tracker.status.wishes import SUBSCRIPTION, SubscriptionRow, own_subscriptions, subscription_list, subscription_row


class SubscriptionIn(Asked):
    """`at`, of the caller's own zone, is half past eight unless said; `weekday` 1 is Monday."""

    subject = serializers.ChoiceField(choices=Subject.choices)
    rhythm = serializers.ChoiceField(choices=Rhythm.choices)
    at = serializers.TimeField(default=MORNING)
    weekday = serializers.IntegerField(min_value=1, max_value=7, default=None, allow_null=True)
    days_before = serializers.IntegerField(min_value=0, max_value=MOST_DAYS_BEFORE, default=None, allow_null=True)
    case = serializers.CharField(max_length=40, default=None, allow_null=True)

    def validate_case(self, reference: str | None) -> Any:
        if reference is None:
            return None
        found = self.context["cases"].filter(reference=reference).first()
        if found is None:
            raise serializers.ValidationError(_("There is no such case that you may know of."))
        if found.state != CaseState.OPEN:
            raise serializers.ValidationError(_("The case is closed."))
        return found

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        sent = dict(attrs)
        subject, rhythm, when = Subject(sent.pop("subject")), Rhythm(sent.pop("rhythm")), sent.pop("at")
        if wrong := wrong_in(subject, rhythm, **sent):
            raise serializers.ValidationError({field: [str(why)] for field, why in wrong.items()})
        return {**sent, "subject": subject, "rhythm": rhythm, "when": when}


class Subscriptions(Door):
    """One's own, and nobody else's: digests, the week of what one leads, status mails. Newest first."""

    lookup_field, lookup_value_regex = "uid", UID

    @extend_schema(operation_id="subscriptions_list", parameters=PAGED, responses=paged(schema_of(SubscriptionRow)))
    def list(self, _request: Request) -> Response:
        """Those that still come."""
        of = Q(**self.asked("case"))
        return self.answer(subscription_list(self.person, now=self.at, of=of, cursor=self.cursor(), size=self.size()))

    @extend_schema(
        operation_id="subscriptions_retrieve", parameters=[UID_NAMED], responses={JSON: schema_of(SubscriptionRow)}
    )
    def retrieve(self, request: Request, uid: str) -> Response:
        """Also one that has ended."""
        check_query(request)
        return Response(shown(get_object_or_404(own_subscriptions(self.person, at=self.at), uid=uid)))

    @extend_schema(
        operation_id="subscriptions_create",
        request=SubscriptionIn,
        responses={(201, "application/json"): schema_of(SubscriptionRow)},
    )
    def create(self, request: Request) -> Response:
        """Of digests there is one, of status mails one a case and rhythm: the new one comes instead."""
        check_can(self.person, "view")
        asked = SubscriptionIn(data=request.data, context={"cases": cases_visible_to(self.person, at=self.at)})
        asked.is_valid(raise_exception=True)

        def ask() -> Answer:
            made = subscribe(person=self.person, **asked.validated_data, at=self.at)
            return Answer(201, JSONRenderer().render(shown(made)).decode(), made.case)

        answer = self.once(ask)
        return Response(json.loads(answer.body), status=answer.status, headers=replayed(answer))

    @extend_schema(
        operation_id="subscriptions_end",
        parameters=[UID_NAMED],
        request=None,
        responses={JSON: schema_of(SubscriptionRow)},
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, uid: str) -> Response:
        """It comes no more. Ended twice, it is ended."""
        Asked(data=request.data).is_valid(raise_exception=True)
        found = get_object_or_404(own_subscriptions(self.person, at=self.at).select_related("case"), uid=uid)
        check_can(self.person, "view")
        unsubscribe(subscription=found, by=self.person, at=self.at)
        return Response(shown(found))

    create.may = end.may = "view"  # type: ignore[attr-defined]  # as in the rooms of the record: the stated policy


def shown(subscription: Subscription) -> Any:
    """As it now stands."""
    row = Subscription.objects.filter(pk=subscription.pk).values(*SUBSCRIPTION).get()
    return plain(subscription_row(row))
