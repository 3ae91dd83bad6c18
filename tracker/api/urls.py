"""The addresses of the watch under /api/v1/, beside those of the record."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from tracker.api import docs, doors, erasing, subscriptions

router = SimpleRouter()
router.register("reminders", doors.Reminders, basename="reminders")
router.register("subscriptions", subscriptions.Subscriptions, basename="subscriptions")
router.register("briefings", doors.Briefings, basename="briefings")

status = doors.CaseStatusDoor.as_view({"get": "retrieve"})
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<str:reference>/status/", status, name="cases-status"),
    path("people/<slug:uid>/erase/", erasing.Erasing.as_view({"post": "person_of"}), name="people-erase"),
    path("parties/<slug:uid>/erase/", erasing.Erasing.as_view({"post": "party_of"}), name="parties-erase"),
    path("docs/", docs.docs, name="api-docs"),
    *router.urls,
]
