"""The sections of a case that show what was served, said and done: notices, contacts, the timeline."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions.contact import log_contact
from cases.actions.marking import change_mark
from cases.models import Case, Contact, Person
from cases.permissions import can, check_can, sees_advice, shown_to
from tracker.forms.contact import ContactForm, OfficerForm, OursForm, PromiseForm, Rows
from tracker.forms.marking import ChangeMarkForm
from tracker.forms.timeline import TimelineForm
from tracker.status.barred import classified_papers
from tracker.status.listings import contacts_list, log_list, notices_list
from tracker.status.sections import contact_page
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, people_of, reader
from tracker.views.frame import case_frame
from tracker.views.looking import looked_at
from tracker.views.paging import page_urls
from tracker.views.secret import check_answer


@login_required
def notices(request: HttpRequest, reference: str) -> HttpResponse:
    person, now = reader(request), timezone.now()
    case = find_case(request, reference, at=now)
    found = notices_list(person, now=now, case=case, cursor=request.GET.get("cursor", ""))
    may = {verb: can(person, verb) for verb in ("log_notice", "note_classified_paper")}
    context = {"rows": found.rows, "may_log": may["log_notice"], "may": may, "classified": classified_papers(case)}
    context |= page_urls(request, found)
    return render(request, "tracker/notice_list.html", {**case_frame(request, case), **context})


# ---- Contacts --------------------------------------------------------------------------------------------------------
@login_required
def contacts(request: HttpRequest, reference: str) -> HttpResponse:
    person, now = reader(request), timezone.now()
    case = find_case(request, reference, at=now)
    found = contacts_list(person, now=now, case=case, cursor=request.GET.get("cursor", ""))
    context = {"rows": found.rows, "may_log": can(person, "log_contact"), **page_urls(request, found)}
    return render(request, "tracker/contact_list.html", {**case_frame(request, case), **context})


@login_required
def contact(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    return contact_detail(request, find_case(request, reference, at=now), uid, at=now)


def contact_detail(request: HttpRequest, case: Case, uid: str, *, at: datetime, **forms: Any) -> HttpResponse:
    """The page with an empty form, or with the one that was refused."""
    person = reader(request)
    try:
        page = contact_page(case, uid, shown_to(person, at=at), now=at)
    except Contact.DoesNotExist as error:
        raise Http404 from error
    shown = {"marking": ChangeMarkForm.of(page.row, sees_advice=sees_advice(person, case, at=at))} | forms
    context = {"page": page, "may": {"change_mark": can(person, "change_mark")}, **shown}
    context["form"] = next(iter(forms.values()), None)
    looked_at(request, case.contacts.get(uid=uid), case, at=at)
    frame = case_frame(request, case, section="case_contacts")
    return show(request, "tracker/contact_detail.html", {**frame, **context}, *forms.values())


@login_required
@require_POST
def mark_contact(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    case = find_case(request, reference, at=now)
    check_can(person, "change_mark")
    found = get_object_or_404(shown_to(person, at=now)(case.contacts.select_related("case")), uid=uid)
    form = ChangeMarkForm(request.POST, prefix="mark", sees_advice=sees_advice(person, case, at=now))
    run = lambda: change_mark(item=found, **form.cleaned_data, by=person, at=now)  # noqa: E731
    away = settle(request, form, run, said=_("The mark is changed."), to=reverse("contact", args=[reference, uid]))
    return away or contact_detail(request, case, uid, at=now, marking=form)


@login_required
def add_contact(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "log_contact")
    check_answer(request)
    sheet = contact_sheet(request, case, reader(request), at=now)
    form, said, to = sheet["form"], _("The contact is logged."), reverse("case_contacts", args=[reference])
    if request.method == "POST" and "more" not in request.POST and is_whole(sheet):
        done = settle(request, form, lambda: log(sheet, case=case, by=reader(request), at=now), said=said, to=to)
        if done:
            return done
    frame = case_frame(request, case, section="case_contacts")
    return show(request, "tracker/contact_add.html", {**frame, **sheet}, *(sheet[name] for name in SHEET))


def is_whole(sheet: dict[str, Any]) -> bool:
    """Every part is judged, so that every mistake is shown at once."""
    return {sheet[name].is_valid() for name in SHEET} == {True}


SHEET = ("form", "officers", "ours", "promises")


def contact_sheet(request: HttpRequest, case: Any, person: Person, *, at: datetime) -> dict[str, Any]:
    """The form and its rows; asked for more rows, everything typed is kept and nothing is judged yet."""
    data = request.POST if request.method == "POST" else None
    is_growing = bool(data and "more" in data)
    typed = data.dict() if data and is_growing else {}
    return {
        "form": ContactForm(
            None if is_growing else data, case=case, sees_advice=sees_advice(person, case, at=at), initial=typed
        ),
        "officers": Rows(OfficerForm, "officers", data),
        "ours": Rows(OursForm, "ours", data, people=people_of(case, at=at)),
        "promises": Rows(PromiseForm, "promises", data),
    }


def log(sheet: dict[str, Any], *, case: Any, by: Any, at: Any) -> Contact:
    attendees = tuple(form.draft() for name in ("officers", "ours") for form in sheet[name].filled())
    promises = [form.draft() for form in sheet["promises"].filled()]
    form = sheet["form"]
    return log_contact(
        case=case, contact=form.draft(attendees), promises=promises, contains_state_secret=form.is_secret, by=by, at=at
    )


# ---- The timeline ----------------------------------------------------------------------------------------------------
@login_required
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    person, now = reader(request), timezone.now()
    case = find_case(request, reference, at=now)
    form = TimelineForm(request.GET)
    found = log_list(person, now=now, case=case, filters=form.filters(), cursor=request.GET.get("cursor", ""))
    context = {"rows": found.rows, "filters": form, "zone": case.lead_authority.zone, **page_urls(request, found)}
    return render(request, "tracker/case_timeline.html", {**case_frame(request, case), **context})
