"""The chat room of a case: named, named anew or taken away by counsel."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cases.models import Case, Language
from cases.permissions import check_can
from tracker.forms.reaching import RoomForm
from tracker.models import ChatAddress
from tracker.reminders import choosing
from tracker.views.answering import once, settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame

PAGE = "case_room"


@sensitive_post_parameters("address")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, reference: str) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    case = find_case(request, reference, at=now)
    check_can(person, "change_case")
    form = RoomForm(request.POST if request.method == "POST" else None, initial={"language": person.language})
    if request.method != "POST":
        return shown(request, case, form=form)

    def act() -> object:
        asked = {"opened": form.cleaned_data["address"], "language": Language(form.cleaned_data["language"])}
        return choosing.set_room(case=case, **asked, by=person, at=now)

    away = settle(request, form, act, said=_("The room is named."), to=reverse(PAGE, args=[reference]))
    return away or shown(request, case, form=form)


def shown(request: HttpRequest, case: Case, *, form: RoomForm) -> HttpResponse:
    context: dict[str, Any] = {
        "room": room_of(case),
        "names_titles": case.is_open_to_staff or case.is_named_in_mail,
        "form": form,
    }
    return show(
        request, "tracker/case_room.html", {**case_frame(request, case, section="case_people"), **context}, form
    )


def room_of(case: Case) -> ChatAddress | None:
    return ChatAddress.objects.filter(case=case, ended_at__isnull=True).first()


@login_required
@require_POST
def end(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    case = find_case(request, reference, at=now)
    check_can(person, "change_case")
    found = get_object_or_404(ChatAddress, case=case, uid=uid)
    run = lambda: choosing.end_chat(address=found, by=person, at=now)  # noqa: E731
    to = reverse(PAGE, args=[reference])
    return once(request, run, said=_("The room is taken away."), to=lambda _made: to)
