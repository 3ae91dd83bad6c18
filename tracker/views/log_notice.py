"""Logging a notice: the sheet, a check of what it would start, and only then the record. Replacing one, alike."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import RuleBroken, notice
from cases.actions.case import grant_access
from cases.actions.demands import lacks_measures
from cases.actions.reference import add_authority, add_party
from cases.actions.translation import add_translation
from cases.law.rulebook import book
from cases.models import Authority, Case, Notice, Party, Person
from cases.permissions import check_can
from tracker.forms.access import ReasonForm
from tracker.forms.intake import Sheet
from tracker.forms.measure import demand_as_typed, measure_as_typed
from tracker.forms.notice import notice_as_typed
from tracker.status.foretold import foretold
from tracker.views.answering import once, settled
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame
from tracker.views.secret import check_answer

SHEET, CHECK = "tracker/log_notice.html", "tracker/log_notice_check.html"


@login_required
def log_notice(request: HttpRequest) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    check_can(person, "log_notice")
    case = find_case(request, request.GET["case"], at=now) if request.GET.get("case") else None
    check_answer(request)
    sheet = Sheet(person, posted(request), request.FILES, at=now, case=case, first=opening(case))
    frame = case_frame(request, case, section="case_notices") if case else {}
    return answer(request, sheet, partial(record, sheet, by=person, at=now), frame, at=now)


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def opening(case: Case | None) -> dict[str, Any]:
    return {"": {"authority": case.lead_authority.name_en}} if case else {}


def answer(request: HttpRequest, sheet: Sheet, act: Any, context: dict[str, Any], *, at: datetime) -> HttpResponse:
    """The sheet as it stands; the check of a sound one; the page of what was recorded."""
    context, is_save = {**context, "sheet": sheet, "form": sheet.notice}, request.POST.get("step") == "save"
    if is_save and (done := settled(request)):
        return done
    if request.method != "POST" or sheet.is_keeping or not is_whole(sheet, context):
        return render(request, SHEET, context, status=status(sheet, context))
    try:
        if is_save:
            return once(request, act, said=_("The notice is logged."), to=page_of)
        return render(request, CHECK, {**context, **checked(sheet, by=reader(request), at=at)})
    except RuleBroken as refusal:
        sheet.refuse(refusal)
        return render(request, SHEET, context, status=status(sheet, context))


def page_of(found: Notice) -> str:
    return reverse("notice", args=[found.case.reference, found.uid])


def status(sheet: Sheet, context: dict[str, Any]) -> int:
    return max(sheet.answer, context["why"].answer) if "why" in context else sheet.answer


def is_whole(sheet: Sheet, context: dict[str, Any]) -> bool:
    """With the reason, where the page asks for one."""
    why = context.get("why")
    return all([sheet.is_valid(), why is None or why.is_valid()])


def checked(sheet: Sheet, *, by: Person, at: datetime) -> dict[str, Any]:
    """What would be recorded, with the dates it would start and their working."""
    authority = sheet.authority
    draft = sheet.notice_draft(authority)
    home = sheet.joined or sheet.case_draft(sheet.party, authority)
    measures = sheet.measure_drafts(draft.zone)
    clocks = foretold(draft, home, measures, by=by, at=at)
    no_law = not book().has_law_for(authority.jurisdiction)
    told = {
        "no_law": no_law,
        "draft": draft,
        "authority": authority,
        "home": home,
        "joined": sheet.joined,
        "clocks": clocks,
        "lacks_measures": lacks_measures(draft.kind, measures),
    }
    return {**told, "measure_drafts": measures, "demand_drafts": sheet.demand_drafts()}


# ---- Recording -------------------------------------------------------------------------------------------------------
@transaction.atomic
def record(sheet: Sheet, *, by: Person, at: datetime) -> Notice:
    """All of it or nothing: what is named for the first time, the notice, its translation, who may know."""
    authority = known_authority(sheet.authority, by=by, at=at)
    draft = sheet.notice_draft(authority)
    home = sheet.joined or sheet.case_draft(known_party(sheet.party, by=by, at=at), authority)
    found = notice.log_notice(
        notice=draft, case=home, measures=sheet.measure_drafts(draft.zone), requirements=sheet.demand_drafts(),
        file=sheet.file.received, facts=sheet.conditions.known(), by=by, at=at,
        contains_state_secret=sheet.notice.is_secret,
    )  # fmt: skip
    beside(sheet, found, by=by, at=at)
    return found


def beside(sheet: Sheet, found: Notice, *, by: Person, at: datetime) -> None:
    typed = sheet.translation.cleaned_data
    if typed.get("words"):
        add_translation(record=found, field="original_words", **typed, by=by, at=at)
    named = {by, found.case.lead_counsel}
    for person in sheet.named_people:
        if person not in named:
            grant_access(case=found.case, person=person, reason="opened", by=by, at=at)
            named.add(person)


def known_authority(authority: Authority, *, by: Person, at: datetime) -> Authority:
    if authority.pk:
        return authority
    fields = ("name_en", "name_zh", "level", "jurisdiction", "zone", "calendar")
    return add_authority(**{name: getattr(authority, name) for name in fields}, by=by, at=at)


def known_party(party: Party, *, by: Person, at: datetime) -> Party:
    if party.pk:
        return party
    return add_party(kind=party.kind, name_en=party.name_en, name_zh=party.name_zh, by=by, at=at)


# ---- Replacing -------------------------------------------------------------------------------------------------------
@login_required
def replace(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    case = find_case(request, reference, at=now)
    check_can(person, "void")
    old = get_object_or_404(case.notices.select_related("authority", "case"), uid=uid)
    check_answer(request)
    sheet = Sheet(person, posted(request), {}, at=now, case=case, first=as_it_was(old))
    kept = {"reason": request.POST.get("why-reason", "")}
    why = ReasonForm(None if sheet.is_keeping else posted(request), prefix="why", initial=kept)
    context = {**case_frame(request, case, section="case_notices"), "old": old, "why": why}
    return answer(request, sheet, partial(anew, sheet, old, why, by=person, at=now), context, at=now)


def as_it_was(old: Notice) -> dict[str, Any]:
    measures = list(old.measures.order_by("pk"))
    demands = old.requirements.select_related("measure", "deadline").order_by("number")
    return {
        "": notice_as_typed(old),
        "measures": [measure_as_typed(measure, old.zone) for measure in measures],
        "demands": [demand_as_typed(requirement, measures) for requirement in demands],
    }


@transaction.atomic
def anew(sheet: Sheet, old: Notice, why: ReasonForm, *, by: Person, at: datetime) -> Notice:
    draft = sheet.notice_draft(known_authority(sheet.authority, by=by, at=at))
    found = notice.replace_notice(
        notice=old, draft=draft, measures=sheet.measure_drafts(draft.zone), requirements=sheet.demand_drafts(),
        reason=why.cleaned_data["reason"], facts=sheet.conditions.known(), by=by, at=at,
        contains_state_secret=sheet.notice.is_secret,
    )  # fmt: skip
    beside(sheet, found, by=by, at=at)
    return found
