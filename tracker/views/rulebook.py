"""The rulebook: all rules, one rule with a question to try, the holidays of each calendar. The law is no secret:
whoever is signed in may read it; what of it concerns a case shows only to those who may know of the case."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.law.rulebook import LawError, Rule, Rulebook, UnknownName, book
from cases.legislation import in_force
from cases.permissions import can
from tracker.figures import Crumb, FilterChip
from tracker.forms.rulebook import RuleFilterForm, TryForm
from tracker.forms.typed import NoSuchHour
from tracker.status.arrangements import arrangements
from tracker.status.rules import RulePage, is_used, rule_groups, rule_page
from tracker.status.tried import Tried, tried
from tracker.status.years import calendars_known, year_page
from tracker.views.answering import show
from tracker.views.finding import reader


@login_required
def rules(request: HttpRequest) -> HttpResponse:
    law, form = book(), RuleFilterForm(request.GET, law=book())
    groups = rule_groups(law, form.filters(), today=timezone.localdate())
    shown = sum(len(group.rows) for group in groups)
    context = {"groups": groups, "shown": shown, "all": len(law.rules), "filters": form}
    return render(request, "tracker/rule_list.html", {**context, "chips": tuple(chips(request, form))})


def chips(request: HttpRequest, form: RuleFilterForm) -> Iterator[FilterChip]:
    for name, words in form.chosen().items():
        query = request.GET.copy()
        query.pop(name)
        yield FilterChip(words, f"?{query.urlencode()}")


@login_required
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    law = in_force()
    page = page_of(request, rule_id, law=law)
    form, answers = trial(request, page.row.rule, law=law)
    context = {"page": page, "rule": page.row.rule, "form": form, "answers": answers}
    context["crumbs"] = (Crumb(_("Rulebook"), reverse("rulebook")), Crumb(page.row.rule.id))
    return show(request, "tracker/rule_detail.html", context, *([form] if form else []))


def page_of(request: HttpRequest, rule_id: str, *, law: Rulebook) -> RulePage:
    try:
        return rule_page(law, rule_id, reader(request), now=timezone.now(), today=timezone.localdate())
    except UnknownName as error:
        raise Http404 from error


def trial(request: HttpRequest, rule: Rule, *, law: Rulebook) -> tuple[TryForm | None, tuple[Tried, ...]]:
    """The empty form, or what the address asks with its answer; none for a rule that counts nothing or is unused."""
    if rule.kind == "gate" or not is_used(rule):
        return None, ()
    form = TryForm(rule=rule, law=law)
    if not set(form.fields) & set(request.GET):
        return form, ()
    form = TryForm(request.GET, rule=rule, law=law)
    if not form.is_valid():
        return form, ()
    try:
        return form, tried(form.asks(), law, rule.id, on=form.happened_on)
    except LawError as error:
        form.refuse_law(error)
    except NoSuchHour as refusal:
        form.refuse(refusal)
    return form, ()


@login_required
def holidays(request: HttpRequest) -> HttpResponse:
    """Which years of which calendar are published."""
    context: dict[str, Any] = {"calendars": calendars_known(in_force()), "year": timezone.localdate().year}
    context |= {"arrangements": arrangements(), "may_import": can(reader(request), "import_arrangement")}
    context["crumbs"] = (Crumb(_("Rulebook"), reverse("rulebook")), Crumb(_("Holidays")))
    return render(request, "tracker/holidays.html", context)


@login_required
def holiday_year(request: HttpRequest, year: int) -> HttpResponse:
    law, name = in_force(), request.GET.get("calendar", "CN")
    try:
        page = year_page(law, name, year)
    except LawError as error:
        raise Http404 from error
    places = (Crumb(_("Rulebook"), reverse("rulebook")), Crumb(_("Holidays"), reverse("holidays")), Crumb(str(year)))
    context = {"page": page, "calendars": tuple(law.calendars.values()), "crumbs": places}
    return render(request, "tracker/holiday_year.html", context)
