"""When clocks remind and who is told next: of the house, of a case, of one deadline. Set as a whole, or given back."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cases.actions.idempotency import Answer
from cases.asked import Asked, EachKeyOnce, check_query
from cases.models import Case, Deadline, DeadlineKind
from cases.permissions import check_can, visible_to
from tracker.api.answers import Schema, plain, schema_of
from tracker.api.doors import JSON, REFERENCE_NAMED, UID_NAMED, Door, replayed
from tracker.models import LadderRole, StepUnit
from tracker.reminders.drafts import KINDS, MOST_MINUTES, Fault, Kind, StepDraft, faults, faults_of_rungs, line_of
from tracker.reminders.planned import (
    Coming,
    LadderInForce,
    RungHeld,
    StepsInForce,
    any_clocks,
    kind_of,
    ladders_of,
    previews,
    rungs_held,
    steps_of_deadline,
    steps_of_kinds,
)
from tracker.reminders.stepping import drop_ladder, drop_steps, set_ladder, set_steps

CASE_VERB: Final = "change_reminders"
HOUSE_VERB: Final = "keep_reminders"
NO_SUCH_KIND: Final = _("No clock of this kind runs in hours.")
INSTEAD_OF: Final = "Its own `line` as you read it; another by now is a conflict (409). Left out, nothing is checked."


# ---- In --------------------------------------------------------------------------------------------------------------
class StepIn(Asked):
    unit = serializers.ChoiceField(StepUnit.choices)
    amount = serializers.IntegerField(min_value=0, max_value=32_767)
    acknowledge_within = serializers.IntegerField(
        min_value=0, max_value=MOST_MINUTES, required=False, allow_null=True, default=None, help_text="In minutes."
    )


class StepsIn(Asked):
    steps = StepIn(many=True)
    instead_of = serializers.CharField(required=False, allow_blank=True, help_text=INSTEAD_OF)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs["steps"] = [StepDraft(**step) for step in attrs["steps"]]
        refuse("steps", list(faults(attrs["steps"])))
        return attrs


class KindIn(Asked):
    kind = serializers.ChoiceField(DeadlineKind.choices)
    is_hourly = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        kind = Kind(attrs.pop("kind"), attrs.pop("is_hourly"))
        if kind not in KINDS:
            raise serializers.ValidationError({"is_hourly": [NO_SUCH_KIND]})
        return {**attrs, "kind": kind}


class KindStepsIn(StepsIn, KindIn):
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return KindIn.validate(self, StepsIn.validate(self, attrs))


class ClockIn(Asked):
    is_hourly = serializers.BooleanField()


class LadderIn(ClockIn):
    roles = serializers.ListField(child=serializers.ChoiceField(LadderRole.choices), max_length=len(LadderRole))
    instead_of = serializers.CharField(required=False, allow_blank=True, help_text=INSTEAD_OF)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse("roles", list(faults_of_rungs(attrs["roles"], is_hourly=attrs["is_hourly"])))
        return attrs


class Empty(Asked):
    """The address says it all."""


def refuse(name: str, found: list[Fault]) -> None:
    """Each fault at the place it is about: `steps[1].amount`, `roles[1]`."""
    if whole := [str(fault.words) for fault in found if fault.place is None]:
        raise serializers.ValidationError({name: whole})
    told: dict[int, Any] = {}
    for fault in found:
        assert fault.place is not None
        words = [str(fault.words)]
        told[fault.place] = words if fault.field == name else {**told.get(fault.place, {}), fault.field: words}
    if told:
        wrong: dict[str, Any] = {name: told}
        raise serializers.ValidationError(wrong)


# ---- Out -------------------------------------------------------------------------------------------------------------
def steps_shown(found: StepsInForce, source: str) -> dict[str, Any]:
    """`line` is what stands here of its own, to be sent back as `instead_of`."""
    return {**plain(found), "line": line_of(found.steps) if found.source == source else ""}


def ladder_shown(found: LadderInForce, source: str) -> dict[str, Any]:
    return {**plain(found), "line": " ".join(found.roles) if found.source == source else ""}


def with_more(row: Schema, **more: Any) -> Schema:
    """The schema of what is shown: a dataclass, and what stands beside its fields."""
    inner = {name: schema_of(hint) for name, hint in more.items()}
    return {**row, "required": [*row["required"], *inner], "properties": {**row["properties"], **inner}}


def listed(row: Schema) -> dict[tuple[int, str], Schema]:
    return {JSON: {"type": "array", "items": row}}


STEPS: Final = listed(with_more(schema_of(StepsInForce), line=str))
LADDERS: Final = listed(with_more(schema_of(LadderInForce), line=str))
HELD: Final = listed(with_more(schema_of(LadderInForce), line=str, held=tuple[RungHeld, ...]))
COMING: Final = {
    JSON: with_more(schema_of(StepsInForce), line=str, coming=tuple[Coming, ...], overdue_at=datetime | None)
}


# ---- Doors -----------------------------------------------------------------------------------------------------------
class Setting(Door):
    """What the doors of all three places do alike: one action, then what stands there now."""

    parser_classes = (EachKeyOnce,)

    def given(self, takes: type[Asked]) -> dict[str, Any]:
        check_query(self.request)
        asked = takes(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return {**asked.validated_data, "by": self.person, "at": self.at}

    def done(self, act: Callable[[], None], shown: Callable[[], object], case: Case | None) -> Response:
        def answer() -> Answer:
            act()
            return Answer(200, JSONRenderer().render(shown()).decode(), case)

        kept = self.once(answer)
        return Response(json.loads(kept.body), status=kept.status, headers=replayed(kept))


class HouseReminders(Setting):
    """By these every clock reminds for which its case, or the deadline itself, says nothing else."""

    def steps_now(self) -> list[dict[str, Any]]:
        return [steps_shown(each, "house") for each in steps_of_kinds(None)]

    def ladders_now(self) -> list[dict[str, Any]]:
        return [ladder_shown(each, "house") for each in ladders_of(None)]

    @extend_schema(operation_id="house_steps", responses=STEPS)
    def steps(self, request: Request) -> Response:
        check_can(self.person, HOUSE_VERB)
        check_query(request)
        return Response(self.steps_now())

    @extend_schema(operation_id="house_set_steps", request=KindStepsIn, responses=STEPS)
    def set_steps(self, _request: Request) -> Response:
        """In the place of what the house has of its own for that kind of clock."""
        check_can(self.person, HOUSE_VERB)
        return self.done(lambda: set_steps(scope=None, **self.given(KindStepsIn)), self.steps_now, None)

    @extend_schema(operation_id="house_drop_steps", request=KindIn, responses=STEPS)
    def drop_steps(self, _request: Request) -> Response:
        """Back to what Casebook ships."""
        check_can(self.person, HOUSE_VERB)
        return self.done(lambda: drop_steps(scope=None, **self.given(KindIn)), self.steps_now, None)

    @extend_schema(operation_id="house_ladder", responses=LADDERS)
    def ladder(self, request: Request) -> Response:
        check_can(self.person, HOUSE_VERB)
        check_query(request)
        return Response(self.ladders_now())

    @extend_schema(operation_id="house_set_ladder", request=LadderIn, responses=LADDERS)
    def set_ladder(self, _request: Request) -> Response:
        """The roles in the order in which they are told."""
        check_can(self.person, HOUSE_VERB)
        return self.done(lambda: set_ladder(scope=None, **self.given(LadderIn)), self.ladders_now, None)

    @extend_schema(operation_id="house_drop_ladder", request=ClockIn, responses=LADDERS)
    def drop_ladder(self, _request: Request) -> Response:
        check_can(self.person, HOUSE_VERB)
        return self.done(lambda: drop_ladder(scope=None, **self.given(ClockIn)), self.ladders_now, None)

    steps.may = set_steps.may = drop_steps.may = HOUSE_VERB  # type: ignore[attr-defined]  # the stated policy
    ladder.may = set_ladder.may = drop_ladder.may = HOUSE_VERB  # type: ignore[attr-defined]


class CaseReminders(Setting):
    """By its own steps and ladder, or by the house's."""

    def steps_now(self, case: Case) -> list[dict[str, Any]]:
        return [steps_shown(each, "case") for each in steps_of_kinds(case)]

    def ladders_now(self, case: Case) -> list[dict[str, Any]]:
        """With who holds each rung now."""
        held = rungs_held(any_clocks(case), self.person, now=self.at)
        return [{**ladder_shown(each, "case"), "held": plain(held[each.is_hourly])} for each in ladders_of(case)]

    def found(self, reference: str) -> Case:
        case = self.case_named(reference)
        check_can(self.person, CASE_VERB)
        return case

    @extend_schema(operation_id="cases_steps", parameters=[REFERENCE_NAMED], responses=STEPS)
    def steps(self, request: Request, reference: str) -> Response:
        check_query(request)
        return Response(self.steps_now(self.case_named(reference)))

    @extend_schema(operation_id="cases_set_steps", parameters=[REFERENCE_NAMED], request=KindStepsIn, responses=STEPS)
    def set_steps(self, _request: Request, reference: str) -> Response:
        """In the place of the house's for that kind of clock."""
        case = self.found(reference)
        return self.done(lambda: set_steps(scope=case, **self.given(KindStepsIn)), lambda: self.steps_now(case), case)

    @extend_schema(operation_id="cases_drop_steps", parameters=[REFERENCE_NAMED], request=KindIn, responses=STEPS)
    def drop_steps(self, _request: Request, reference: str) -> Response:
        """Back to the house's."""
        case = self.found(reference)
        return self.done(lambda: drop_steps(scope=case, **self.given(KindIn)), lambda: self.steps_now(case), case)

    @extend_schema(operation_id="cases_ladder", parameters=[REFERENCE_NAMED], responses=HELD)
    def ladder(self, request: Request, reference: str) -> Response:
        check_query(request)
        return Response(self.ladders_now(self.case_named(reference)))

    @extend_schema(operation_id="cases_set_ladder", parameters=[REFERENCE_NAMED], request=LadderIn, responses=HELD)
    def set_ladder(self, _request: Request, reference: str) -> Response:
        """The roles in the order in which they are told."""
        case = self.found(reference)
        return self.done(lambda: set_ladder(scope=case, **self.given(LadderIn)), lambda: self.ladders_now(case), case)

    @extend_schema(operation_id="cases_drop_ladder", parameters=[REFERENCE_NAMED], request=ClockIn, responses=HELD)
    def drop_ladder(self, _request: Request, reference: str) -> Response:
        case = self.found(reference)
        return self.done(lambda: drop_ladder(scope=case, **self.given(ClockIn)), lambda: self.ladders_now(case), case)

    set_steps.may = drop_steps.may = set_ladder.may = drop_ladder.may = CASE_VERB  # type: ignore[attr-defined]


class DeadlineReminders(Setting):
    """By its own steps, its case's or the house's; and when its coming words are said."""

    def known(self, uid: str) -> Deadline:
        mine = visible_to(Deadline.objects.select_related("case"), self.person, at=self.at)
        found: Deadline = get_object_or_404(mine, uid=uid)
        return found

    def found(self, uid: str) -> Deadline:
        deadline = self.known(uid)
        check_can(self.person, CASE_VERB)
        return deadline

    def now(self, deadline: Deadline) -> dict[str, Any]:
        (preview,) = previews([deadline], now=self.at)
        coming = {"coming": plain(preview.coming), "overdue_at": preview.overdue_at}
        return {**steps_shown(steps_of_deadline(deadline), "deadline"), **coming}

    @extend_schema(operation_id="deadlines_steps", parameters=[UID_NAMED], responses=COMING)
    def steps(self, request: Request, uid: str) -> Response:
        check_query(request)
        return Response(self.now(self.known(uid)))

    @extend_schema(operation_id="deadlines_set_steps", parameters=[UID_NAMED], request=StepsIn, responses=COMING)
    def set_steps(self, _request: Request, uid: str) -> Response:
        """For this deadline alone."""
        found = self.found(uid)
        act = lambda: set_steps(scope=found, kind=kind_of(found), **self.given(StepsIn))  # noqa: E731
        return self.done(act, lambda: self.now(found), found.case)

    @extend_schema(operation_id="deadlines_drop_steps", parameters=[UID_NAMED], request=Empty, responses=COMING)
    def drop_steps(self, _request: Request, uid: str) -> Response:
        """Back to its case's, or the house's."""
        found = self.found(uid)
        act = lambda: drop_steps(scope=found, kind=kind_of(found), **self.given(Empty))  # noqa: E731
        return self.done(act, lambda: self.now(found), found.case)

    set_steps.may = drop_steps.may = CASE_VERB  # type: ignore[attr-defined]
