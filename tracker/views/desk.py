"""The desk: what is late, what comes next, what waits for the one who reads."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.permissions import can
from tracker.status.board import board
from tracker.views.finding import reader


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Who runs the system sees no case by that: their desk is the people."""
    person = reader(request)
    if not can(person, "view"):
        return redirect("people" if can(person, "keep_people") else "account")
    return render(request, "tracker/desk.html", {
        "board": board(person, now=timezone.now()), "may_import": can(person, "import_arrangement"),
    })  # fmt: skip
