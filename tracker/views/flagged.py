"""Flagged content of a case: its exposure, its review, what was done about it, and the rules that look for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cases.actions import RuleBroken
from cases.actions import flagged as actions
from cases.models import Case, FlaggedContent, Person
from cases.permissions import can, check_can, shown_to
from tracker import figures
from tracker.forms.flagged import DispositionForm, FlaggedFilterForm, NewFlaggedForm, ReviewForm, RuleForm
from tracker.status.exposure import DEPTHS, drawn, surfaces
from tracker.status.flagged import flagged_figures, flagged_list
from tracker.status.watched import BoardView, board_view, imports, item, rules, sightings
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame
from tracker.views.paging import page_urls

SECTION: Final = "case_flagged"
VERBS: Final = ("flag", "review_flagged", "import_hot_list")
# As many as a page of the list holds.
MOST_REVIEWED: Final = 50


@dataclass(frozen=True, slots=True)
class Verdict:
    """A title that could not be reviewed, and why."""

    uid: str
    title: str
    why: str


@login_required
def flagged(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    return listed(request, find_case(request, reference, at=now), at=now)


def listed(
    request: HttpRequest, case: Case, *, at: datetime, form: ReviewForm | None = None, failed: Sequence[Verdict] = ()
) -> HttpResponse:
    person, known = reader(request), rules(case)
    filters = FlaggedFilterForm(request.GET, rules=known)
    narrowed = filters.filters()
    found = flagged_list(person, now=at, case=case, filters=narrowed, cursor=request.GET.get("cursor", ""))
    context = {
        "rows": found.rows, "filters": filters, "is_filtered": any(narrowed.values()), "figures": flagged_figures(case),
        "imports": imports(case, shown_to(person, at=at)), **exposure(request, case),
        "may": {verb: can(person, verb) for verb in VERBS}, "form": form, "failed": failed,
        "kept": {verdict.uid for verdict in failed}, "zone": case.lead_authority.zone, **page_urls(request, found),
    }  # fmt: skip
    frame = case_frame(request, case, section=SECTION)
    return show(request, "tracker/flagged_list.html", {**frame, **context}, *([form] if form else []))


def exposure(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The board on the day and to the depth that the address asks for."""
    depth = depth_of(request)
    board = board_view(case, surface=request.GET.get("surface", ""), day=day_of(request), depth=depth or DEPTHS[-1])
    return {"board": board, "chart": chart_of(board, depth), "depths": DEPTHS, "depth": depth}


def depth_of(request: HttpRequest) -> int:
    """0: all three depths."""
    asked = request.GET.get("n", "")
    return int(asked) if asked in {str(depth) for depth in DEPTHS} else 0


def day_of(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("day", ""))
    except ValueError:
        return None


def chart_of(board: BoardView, depth: int) -> figures.Exposure | None:
    """Figures alone in the heading; nothing is said of causes."""
    if not board.exposure.points:
        return None
    title = _("Matched rows of the rows present, per day")
    if board.day:
        title = _("Matched rows of the rows present, per hour")
    chart = drawn(board.exposure, uid="exposure", title=title)
    return replace(chart, points=tuple(only(point, depth) for point in chart.points)) if depth else chart


def only(point: figures.ExposurePoint, depth: int) -> figures.ExposurePoint:
    name = f"top{depth}"
    return figures.ExposurePoint(at=point.at, hours=point.hours, whole=point.whole, **{name: getattr(point, name)})


# ---- Review ----------------------------------------------------------------------------------------------------------
@login_required
@require_POST
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """One action a title; those that could not be reviewed stay ticked, with the reason."""
    now, person = timezone.now(), reader(request)
    case = find_case(request, reference, at=now)
    check_can(person, "review_flagged")
    form = ReviewForm(request.POST)
    chosen = chosen_of(case, request.POST.getlist("flagged"))
    if not form.is_valid():
        return listed(request, case, at=now, form=form)
    failed = review_each(form, chosen, by=person, at=now)
    tell_reviewed(request, len(chosen) - len(failed))
    if failed or not chosen:
        form.add_error(None, _("Not every title was reviewed.") if failed else _("Tick at least one title."))
        return listed(request, case, at=now, form=form, failed=failed)
    return redirect("case_flagged", reference)


def tell_reviewed(request: HttpRequest, n: int) -> None:
    if n:
        messages.success(request, ngettext("%(n)s title is reviewed.", "%(n)s titles are reviewed.", n) % {"n": n})


def chosen_of(case: Case, uids: Sequence[str]) -> list[FlaggedContent]:
    return list(case.flagged_content.filter(uid__in=uids[:MOST_REVIEWED]).select_related("case").order_by("pk"))


def review_each(form: ReviewForm, chosen: Sequence[FlaggedContent], *, by: Person, at: datetime) -> list[Verdict]:
    act = {"confirm": actions.confirm_flagged, "dismiss": actions.dismiss_flagged}[form.cleaned_data["verdict"]]
    failed = []
    for content in chosen:
        try:
            act(flagged=content, reason=form.cleaned_data["reason"], by=by, at=at)
        except RuleBroken as refusal:
            failed.append(Verdict(content.uid, content.title, str(refusal)))
    return failed


# ---- One title -------------------------------------------------------------------------------------------------------
@login_required
def content(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    return detail(request, find_case(request, reference, at=now), uid)


def detail(request: HttpRequest, case: Case, uid: str, **forms: Any) -> HttpResponse:
    try:
        row = item(case, uid)
    except FlaggedContent.DoesNotExist as error:
        raise Http404 from error
    seen = sightings(case, uid, cursor=request.GET.get("cursor", ""))
    shown = {"settling": DispositionForm(prefix="settle", case=case)} | forms
    context = {
        "row": row, "sightings": seen.rows, "zone": case.lead_authority.zone,
        "may": {verb: can(request.user, verb) for verb in VERBS}, "form": next(iter(forms.values()), None),
        **shown, **page_urls(request, seen),
    }  # fmt: skip
    frame = case_frame(request, case, section=SECTION)
    return show(request, "tracker/flagged_detail.html", {**frame, **context}, *forms.values())


@login_required
@require_POST
def dispose(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "flag")
    found = get_object_or_404(case.flagged_content.select_related("case"), uid=uid)
    form = DispositionForm(request.POST, prefix="settle", case=case)
    run = lambda: actions.set_disposition(flagged=found, **form.settled(), by=reader(request), at=now)  # noqa: E731
    to = reverse("flagged_content", args=[reference, uid])
    return settle(request, form, run, said=_("What was done is recorded."), to=to) or detail(
        request, case, uid, settling=form
    )


@login_required
def add(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "flag")
    form = NewFlaggedForm(request.POST if request.method == "POST" else None, case=case)
    run = lambda: actions.add_flagged(case=case, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    done = settle(request, form, run, said=_("The title is flagged."), to=reverse(SECTION, args=[reference]))
    frame = case_frame(request, case, section=SECTION)
    return done or show(request, "tracker/flagged_add.html", {**frame, "form": form}, form)


# ---- The rules -------------------------------------------------------------------------------------------------------
@login_required
def rule_list(request: HttpRequest, reference: str) -> HttpResponse:
    """The rules, and a new one."""
    now = timezone.now()
    case = find_case(request, reference, at=now)
    form = RuleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        check_can(request.user, "flag")
    run = lambda: actions.add_flagging_rule(case=case, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    said = _("The rule is added. Read the lists again to use it.")
    done = settle(request, form, run, said=said, to=reverse("flagging_rules", args=[reference]))
    board = {"rules": rules(case), "surfaces": surfaces(case)}
    context = {**case_frame(request, case, section=SECTION), **board, "form": form}
    context["may"] = {verb: can(request.user, verb) for verb in VERBS}
    return done or show(request, "tracker/flagging_rules.html", context, form)


@login_required
@require_POST
def add_defaults(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "flag")
    added = len(actions.add_default_rules(case=case, by=reader(request), at=now))
    messages.success(request, ngettext("%(n)s rule is added.", "%(n)s rules are added.", added) % {"n": added})
    return redirect("flagging_rules", reference)


@login_required
@require_POST
def retire(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "flag")
    actions.retire_flagging_rule(rule=get_object_or_404(case.flagging_rules, uid=uid), by=reader(request), at=now)
    messages.success(request, _("The rule is retired. Read the lists again to leave out what it found."))
    return redirect("flagging_rules", reference)
