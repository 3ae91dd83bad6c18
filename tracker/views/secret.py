"""A paper that may not be kept: whoever says so is led away with nothing stored, and notes only where it is."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.secrecy import StateSecret, check_no_secret, note_classified_paper, void_classified_paper
from cases.models import Case, PaperKind
from cases.permissions import can, cases_visible_to, check_can
from tracker.forms.access import ReasonForm
from tracker.forms.kept import forget_kept
from tracker.forms.secret import FIELD, YES, ClassifiedPaperForm
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame

SECTION: Final = "case_evidence"
VERB: Final = "note_classified_paper"
# The page that was left → what the paper would have become.
KINDS: Final = {
    "evidence_add": PaperKind.EVIDENCE,
    "task_prove": PaperKind.EVIDENCE,
    "tasks_proof": PaperKind.EVIDENCE,
    "log_notice": PaperKind.NOTICE,
    "notice_replace": PaperKind.NOTICE,
    "contact_add": PaperKind.CONTACT_MINUTES,
}


def check_answer(request: HttpRequest, *, name: str = FIELD, reference: str = "") -> None:
    """Before anything else is done with a form: a yes lets go of every file, and raises StateSecret.

    `reference`: the case, where the address does not name it.
    """
    if request.method != "POST" or YES not in request.POST.getlist(name):
        return
    for _field, files in request.FILES.lists():
        for file in files:
            file.close()
    forget_kept(reader(request), request.POST)
    try:
        check_no_secret(contains=True)
    except StateSecret as refusal:
        refusal.details["case"] = reference
        raise


def led_away(request: HttpRequest, refusal: StateSecret) -> HttpResponse:
    """Away from the page, so that no reload sends it again; to the short form, for those who may fill it in."""
    messages.error(request, str(refusal))
    case = case_of(request, refusal)
    if case is None:
        return redirect("cases")
    if not can(request.user, VERB):
        messages.info(request, _("Counsel of the case notes where the paper is kept: tell them."))
        return redirect(SECTION, case.reference)
    match = request.resolver_match
    kind = KINDS.get(str(match.url_name) if match else "", PaperKind.OTHER)
    return redirect(f"{reverse('classified_add', args=[case.reference])}?kind={kind}")


def case_of(request: HttpRequest, refusal: StateSecret) -> Case | None:
    """The case the page was about, as far as the reader may know of it."""
    match = request.resolver_match
    named = (match.kwargs.get("reference") if match else "") or refusal.details.get("case")
    named = named or request.GET.get("case") or request.POST.get("case-joins", "").strip()
    return cases_visible_to(request.user, at=timezone.now()).filter(reference=named).first()


@login_required
def add(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    form = ClassifiedPaperForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    done = settle(
        request, form, lambda: note_classified_paper(case=case, **form.cleaned_data, by=reader(request), at=now),
        said=_("It is noted that the paper exists."), to=reverse(SECTION, args=[reference]),
    )  # fmt: skip
    context: dict[str, Any] = {**case_frame(request, case, section=SECTION), "form": form}
    return done or show(request, "tracker/classified_add.html", context, form)


@login_required
def void(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    found, form = get_object_or_404(case.classified_papers, uid=uid), ReasonForm(request.POST or None)
    done = settle(
        request, form, lambda: void_classified_paper(paper=found, **form.cleaned_data, by=reader(request), at=now),
        said=_("The note is voided."), to=reverse(SECTION, args=[reference]),
    )  # fmt: skip
    context: dict[str, Any] = {**case_frame(request, case, section=SECTION), "form": form, "paper": found}
    return done or show(request, "tracker/classified_void.html", context, form)
