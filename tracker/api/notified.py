"""The proof of notification of one deadline, as data: what was hashed, its SHA-256, and what is planned next."""

from typing import Final

from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from cases.actions.reading import log_export
from cases.asked import check_query
from cases.models import Deadline
from cases.permissions import check_can, visible_to
from tracker.api.answers import plain, schema_of
from tracker.api.doors import JSON, UID_NAMED, Door
from tracker.reminders.notified import as_answer, proof_of
from tracker.reminders.planned import Planned

PROOF: Final = {
    "type": "object",
    "required": ["sha256", "drawn_at", "facts", "planned"],
    "properties": {
        "sha256": {"type": "string", "description": "Of `facts` in canonical form (RFC 8785), in lower-case hex."},
        "drawn_at": {"type": "string", "format": "date-time"},
        "facts": {"type": "object", "additionalProperties": True},
        "planned": schema_of(Planned),
    },
}


class Notified(Door):
    """Who was told what, when it was due, made and sent, by which way, and what became of it. In order of time."""

    @extend_schema(operation_id="deadlines_notified", parameters=[UID_NAMED], responses={JSON: PROOF})
    def retrieve(self, request: Request, uid: str) -> Response:
        """Every reading stands in the log, with the fingerprint."""
        check_query(request)
        mine = visible_to(Deadline.objects.select_related("case"), self.person, at=self.at)
        found: Deadline = get_object_or_404(mine, uid=uid)
        check_can(self.person, "see_outbox")
        proof = proof_of(found, self.person, now=self.at)
        if request.method == "GET":
            facts = {"format": "notified", "count": len(proof.words), "sha256": proof.sha256}
            log_export(record=found, case=found.case, by=self.person, at=self.at, facts=facts)
        return Response(plain(as_answer(proof)))

    retrieve.may = "see_outbox"  # type: ignore[attr-defined]  # as in the rooms of the record: its stated policy
