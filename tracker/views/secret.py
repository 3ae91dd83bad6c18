"""A paper that may not be kept: whoever says so is led away with nothing stored, and notes only where it is."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.secrecy import StateSecret, check_no_secret, note_classified_paper
from cases.models import Case, PaperKind
from cases.permissions import can, cases_visible_to, check_can
from tracker.forms.kept import forget_kept
from tracker.forms.secret import FIELD, YES, ClassifiedPaperForm
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame

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
    if not can(request.user, "note_classified_paper"):
        messages.info(request, _("Counsel of the case notes where the paper is kept: tell them."))
        return redirect("case_evidence", case.reference)
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
    check_can(request.user, "note_classified_paper")
    form = ClassifiedPaperForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    done = settle(
        request, form, lambda: note_classified_paper(case=case, **form.cleaned_data, by=reader(request), at=now),
        said=_("It is noted that the paper exists."), to=reverse("case_evidence", args=[reference]),
    )  # fmt: skip
    context: dict[str, Any] = {**case_frame(request, case, section="case_evidence"), "form": form}
    return done or show(request, "tracker/classified_add.html", context, form)
