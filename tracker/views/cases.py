"""The list of cases a person may know of, narrowed by the address, and the same list as a file."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.known_cases import Way
from cases.permissions import can, cases_visible_to, check_can
from tracker.figures import FilterChip
from tracker.forms.cases import CaseFilterForm
from tracker.status.listings import cases_list, filtered_cases
from tracker.views.finding import reader
from tracker.views.looking import taken_out
from tracker.views.paging import page_urls
from tracker.views.sheets import case_lines


@login_required
def cases(request: HttpRequest) -> HttpResponse:
    person, now = reader(request), timezone.now()
    check_can(person, "view")
    form = CaseFilterForm(request.GET, mine=cases_visible_to(person, at=now, way=Way.ALL))
    found = cases_list(person, now=now, filters=form.filters(), cursor=request.GET.get("cursor", ""))
    context = {"rows": found.rows, "filters": form, "chips": tuple(chips(request, form)), **page_urls(request, found)}
    context["may_log"] = can(person, "log_notice")
    return render(request, "tracker/case_list.html", context)


def chips(request: HttpRequest, form: CaseFilterForm) -> Iterator[FilterChip]:
    for name, words in form.chosen().items():
        query = request.GET.copy()
        query.pop(name)
        query.pop("cursor", None)
        yield FilterChip(words, f"?{query.urlencode()}")


@login_required
def cases_csv(request: HttpRequest) -> StreamingHttpResponse:
    person, now = reader(request), timezone.now()
    check_can(person, "view")
    form = CaseFilterForm(request.GET, mine=cases_visible_to(person, at=now, way=Way.ALL))
    lines = case_lines(person, form.filters(), now=now)
    count = filtered_cases(cases_visible_to(person, at=now), form.filters()).count()
    taken_out(request, person, None, at=now, format="csv", count=count, of="cases")
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="cases-{now:%Y-%m-%d}.csv"'
    return answer
