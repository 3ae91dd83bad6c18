"""The working of one date, alone: what a court is handed. No navigation, nothing but the date and why it is that."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.law.rulebook import book
from tracker.status.documents import documents
from tracker.status.working import Working
from tracker.views.deadline import find, page_of
from tracker.views.finding import find_case, reader
from tracker.views.looking import taken_out


@login_required
def alone(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    person = reader(request)
    page, found = page_of(case, uid, person, at=now), find(case, uid, person, at=now)
    workings = [*([page.working] if page.working else []), *(each.working for each in page.proposals)]
    context = {"case": case, "page": page, "deadline": found, "documents": documents(found), "made_at": now}
    context["sheets"] = tuple((each, source_of(each)) for each in workings)
    taken_out(request, found, case, at=now, format="print", count=len(workings))
    return render(request, "tracker/deadline_working.html", context)


def source_of(found: Working) -> tuple[str, ...]:
    """The arrangements of the years the days lie in, each named once; none where no calendar was counted by."""
    if not found.days:
        return ()
    calendar = book().calendar(found.calendar)
    return tuple(dict.fromkeys(calendar.source_of(day.on.year) for day in found.days))
