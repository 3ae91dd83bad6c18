"""The addresses of the watch under /api/v1/, beside those of the record."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from tracker.api import docs, doors, erasing, notified, steps, subscriptions

router = SimpleRouter()
router.register("reminders", doors.Reminders, basename="reminders")
router.register("subscriptions", subscriptions.Subscriptions, basename="subscriptions")
router.register("briefings", doors.Briefings, basename="briefings")


def settings(place: type[steps.Setting], address: str, name: str, *nouns: str) -> list[URLPattern]:
    """Each noun is read and set at its own address, and given back below it."""
    found = []
    for noun in nouns:
        both = place.as_view({"get": noun, "post": f"set_{noun}"})
        found.append(path(f"{address}/{noun}/", both, name=f"{name}-{noun}"))
        back = place.as_view({"post": f"drop_{noun}"})
        found.append(path(f"{address}/{noun}/back/", back, name=f"{name}-{noun}-back"))
    return found


status = doors.CaseStatusDoor.as_view({"get": "retrieve"})
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<str:reference>/status/", status, name="cases-status"),
    path("people/<slug:uid>/erase/", erasing.Erasing.as_view({"post": "person_of"}), name="people-erase"),
    path("parties/<slug:uid>/erase/", erasing.Erasing.as_view({"post": "party_of"}), name="parties-erase"),
    path("deadlines/<slug:uid>/notified/", notified.Notified.as_view({"get": "retrieve"}), name="deadlines-notified"),
    *settings(steps.HouseReminders, "reminders/house", "reminders-house", "steps", "ladder"),
    *settings(steps.CaseReminders, "cases/<str:reference>", "cases", "steps", "ladder"),
    *settings(steps.DeadlineReminders, "deadlines/<slug:uid>", "deadlines", "steps"),
    path("docs/", docs.docs, name="api-docs"),
    *router.urls,
]
