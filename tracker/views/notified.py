"""The proof of notification of one deadline, alone: who was told what, when and by which way. Printed as it stands."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.permissions import check_can
from tracker.reminders.notified import proof_of
from tracker.views.deadline import find, page_of
from tracker.views.finding import find_case, reader
from tracker.views.looking import taken_out


@login_required
def alone(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    """What was drawn stands in the log with its fingerprint."""
    now = timezone.now()
    case, person = find_case(request, reference, at=now), reader(request)
    page, found = page_of(case, uid, person, at=now), find(case, uid, person, at=now)
    check_can(person, "see_outbox")
    proof = proof_of(found, person, now=now)
    taken_out(request, found, case, at=now, format="notified", count=len(proof.words), sha256=proof.sha256)
    context = {"case": case, "page": page, "deadline": found, "proof": proof}
    return render(request, "tracker/deadline_notified.html", context)
