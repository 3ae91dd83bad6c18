"""The API's addresses under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.routers import SimpleRouter

from cases.api import (
    accountability,
    border,
    case,
    contact,
    deadline,
    evidence,
    filing,
    flagged,
    log,
    measure,
    notice,
    people,
    requirement,
    rules,
    taskforce,
    track,
)

router = SimpleRouter()
router.register("people", people.People, basename="people")
router.register("authorities", people.Authorities, basename="authorities")
router.register("parties", people.Parties, basename="parties")
router.register("cases", case.Cases, basename="cases")
router.register("tracks", track.Tracks, basename="tracks")
router.register("events", track.Events, basename="events")
router.register("notices", notice.Notices, basename="notices")
router.register("measures", measure.Measures, basename="measures")
router.register("contacts", contact.Contacts, basename="contacts")
router.register("requirements", requirement.Requirements, basename="requirements")
router.register("deadlines", deadline.Deadlines, basename="deadlines")
router.register("task-forces", taskforce.TaskForces, basename="task-forces")
router.register("tasks", taskforce.Tasks, basename="tasks")
router.register("updates", taskforce.Updates, basename="updates")
router.register("flagged-content", flagged.FlaggedRoom, basename="flagged-content")
router.register("flagging-rules", flagged.FlaggingRules, basename="flagging-rules")
router.register("captures", flagged.Captures, basename="captures")
router.register("imports", flagged.Imports, basename="imports")
router.register("evidence", evidence.EvidenceRoom, basename="evidence")
router.register("legal-holds", evidence.LegalHolds, basename="legal-holds")
router.register("classified-papers", border.ClassifiedPapers, basename="classified-papers")
router.register("export-approvals", border.ExportApprovals, basename="export-approvals")
router.register("filings", filing.Filings, basename="filings")
router.register("accountability", accountability.AccountabilityRoom, basename="accountability")
router.register("log", log.Log, basename="log")
router.register("rules", rules.Rules, basename="rules")
router.register("calendars", rules.Calendars, basename="calendars")

urlpatterns: list[URLPattern | URLResolver] = [
    path("token/", people.TokenDoor.as_view(), name="token"),
    path("rules/<slug:id>/due/", rules.DueDoor.as_view(), name="rules-due"),
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    *router.urls,
]
