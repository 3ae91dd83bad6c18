"""What the pages of steps and ladders do alike, whether they are the house's, a case's or one deadline's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.models import Case, Deadline, DeadlineKind
from tracker.forms.steps import LadderForm, StepsForm
from tracker.reminders.drafts import BY_CODE, Kind, line_of
from tracker.reminders.planned import LadderInForce, Preview, StepsInForce, previews
from tracker.reminders.stepping import Scope, drop_ladder, drop_steps, set_ladder, set_steps
from tracker.views.answering import once, settle, show
from tracker.views.finding import reader

# The ladders, as an address names them: whether the clock runs in hours.
CLOCKS: Final = {"days": False, "hours": True}
LOOK: Final = "look"


def kind_named(code: str) -> Kind:
    if code not in BY_CODE:
        raise Http404(code)
    return BY_CODE[code]


def clock_named(code: str) -> bool:
    if code not in CLOCKS:
        raise Http404(code)
    return CLOCKS[code]


def logged(scope: Scope) -> Mapping[str, Any]:
    """By which the log knows what was done to them; of the house its entries bear no case."""
    return {"object_uid": scope.uid} if scope else {"case": None}


def source_of(scope: Scope) -> str:
    return "deadline" if isinstance(scope, Deadline) else "case" if scope else "house"


# ---- Steps -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class StepsHere:
    """The steps of one kind of clock at one place. `deadlines`: whose coming words are shown beside."""

    scope: Scope
    in_force: StepsInForce
    to: str
    deadlines: Sequence[Deadline] = ()

    @property
    def kind(self) -> Kind:
        return Kind(self.in_force.kind, self.in_force.is_hourly)

    @property
    def is_own(self) -> bool:
        return self.in_force.source == source_of(self.scope)

    def form(self, data: Any = None) -> StepsForm:
        opened = line_of(self.in_force.steps) if self.is_own else ""
        return StepsForm(data, current=self.in_force.steps, opened=opened, logged=logged(self.scope))


def set_here(
    request: HttpRequest, here: StepsHere, template: str, context: Mapping[str, Any], *, at: datetime
) -> HttpResponse:
    """Sets them; asked only to look, says when what was typed would be said, and saves nothing."""
    form = here.form(request.POST if request.method == "POST" else None)
    if form.is_bound and LOOK not in request.POST:
        act = lambda: set_steps(  # noqa: E731
            scope=here.scope, kind=here.kind, steps=form.steps(), instead_of=form.cleaned_data["opened"],
            by=reader(request), at=at,
        )  # fmt: skip
        if away := settle(request, form, act, said=_("It is set when it reminds."), to=here.to):
            return away
    return show(request, template, {**context, **page_of(here, form, at=at)}, form)


def page_of(here: StepsHere, form: StepsForm, *, at: datetime) -> dict[str, Any]:
    typed = form.steps() if form.is_bound and form.is_valid() else None
    shown: tuple[Preview, ...] = previews(here.deadlines, now=at, steps=typed) if here.deadlines else ()
    return {
        "here": here, "form": form, "in_force": here.in_force, "previews": shown, "is_typed": typed is not None,
        "is_watched": here.in_force.kind == DeadlineKind.REGULATOR,
    }  # fmt: skip


def give_back_steps(request: HttpRequest, scope: Scope, kind: Kind, *, to: str, at: datetime) -> HttpResponse:
    act = lambda: drop_steps(scope=scope, kind=kind, by=reader(request), at=at)  # noqa: E731
    return once(request, act, said=_("It has no steps of its own any more."), to=lambda _made: to)


# ---- The ladder ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class LadderHere:
    scope: Case | None
    in_force: LadderInForce
    to: str

    @property
    def is_own(self) -> bool:
        return self.in_force.source == source_of(self.scope)

    def form(self, data: Any = None) -> LadderForm:
        opened = " ".join(self.in_force.roles) if self.is_own else ""
        opening = {"opened": opened, "logged": logged(self.scope)}
        return LadderForm(data, current=self.in_force.roles, is_hourly=self.in_force.is_hourly, **opening)


def set_ladder_here(
    request: HttpRequest, here: LadderHere, template: str, context: Mapping[str, Any], *, at: datetime
) -> HttpResponse:
    form = here.form(request.POST if request.method == "POST" else None)
    if form.is_bound:
        act = lambda: set_ladder(  # noqa: E731
            scope=here.scope, is_hourly=here.in_force.is_hourly, roles=form.roles(),
            instead_of=form.cleaned_data["opened"], by=reader(request), at=at,
        )  # fmt: skip
        if away := settle(request, form, act, said=_("It is set who is told next."), to=here.to):
            return away
    return show(request, template, {**context, "here": here, "form": form, "in_force": here.in_force}, form)


def give_back_ladder(
    request: HttpRequest, scope: Case | None, *, is_hourly: bool, to: str, at: datetime
) -> HttpResponse:
    act = lambda: drop_ladder(scope=scope, is_hourly=is_hourly, by=reader(request), at=at)  # noqa: E731
    return once(request, act, said=_("It has no ladder of its own any more."), to=lambda _made: to)
