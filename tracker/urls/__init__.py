"""The pages' addresses, by room: the desk and the case, intake and clocks, the work and its proof, the law."""

from django.urls import URLPattern

from tracker.urls import holidays, intake, law, reminders, rooms, work

urlpatterns: list[URLPattern] = [
    *rooms.urlpatterns, *holidays.urlpatterns, *law.urlpatterns, *intake.urlpatterns, *work.urlpatterns,
    *reminders.urlpatterns,
]  # fmt: skip
