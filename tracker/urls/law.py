"""The rulebook and the holiday tables."""

from django.urls import URLPattern, path

from tracker.views import rulebook

urlpatterns: list[URLPattern] = [
    path("rulebook/", rulebook.rules, name="rulebook"),
    path("rulebook/holidays/", rulebook.holidays, name="holidays"),
    path("rulebook/holidays/<int:year>/", rulebook.holiday_year, name="holiday_year"),
    path("rulebook/<slug:rule_id>/", rulebook.rule, name="rule"),
]
