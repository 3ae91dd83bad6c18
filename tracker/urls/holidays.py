"""Holiday arrangements that people import."""

from django.urls import URLPattern, path

from tracker.views import arrangement

ONE = "rulebook/holidays/arrangements/<slug:uid>"

urlpatterns: list[URLPattern] = [
    path("rulebook/holidays/import/", arrangement.add, name="arrangement_add"),
    path(f"{ONE}/", arrangement.arrangement, name="arrangement"),
    path(f"{ONE}/confirm/", arrangement.confirm, name="arrangement_confirm"),
    path(f"{ONE}/confirm/<slug:deadline>/", arrangement.confirm_one, name="arrangement_confirm_one"),
    path(f"{ONE}/reject/", arrangement.reject, name="arrangement_reject"),
    path(f"{ONE}/withdraw/", arrangement.withdraw, name="arrangement_withdraw"),
]
