"""When clocks remind and who is told next: of a case, and of the house."""

from django.urls import URLPattern, path

from tracker.views import case_reminders, house_reminders

CASE = "cases/<slug:reference>/reminders"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/", case_reminders.reminders, name="case_reminders"),
    path(f"{CASE}/steps/<slug:kind>/", case_reminders.steps, name="case_steps"),
    path(f"{CASE}/steps/<slug:kind>/back/", case_reminders.steps_back, name="case_steps_back"),
    path(f"{CASE}/ladder/<slug:clock>/", case_reminders.ladder, name="case_ladder"),
    path(f"{CASE}/ladder/<slug:clock>/back/", case_reminders.ladder_back, name="case_ladder_back"),
    path("reminders/", house_reminders.reminders, name="house_reminders"),
    path("reminders/steps/<slug:kind>/", house_reminders.steps, name="house_steps"),
    path("reminders/steps/<slug:kind>/back/", house_reminders.steps_back, name="house_steps_back"),
    path("reminders/ladder/<slug:clock>/", house_reminders.ladder, name="house_ladder"),
    path("reminders/ladder/<slug:clock>/back/", house_reminders.ladder_back, name="house_ladder_back"),
]
