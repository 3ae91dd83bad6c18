"""Every address Casebook answers."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

import cases.admin  # noqa: F401  # registers what the administration shows
from config import health, metrics
from tracker.views.language import set_language

handler400 = "config.refusals.bad_request"
handler404 = "config.refusals.not_found"
handler500 = "config.refusals.server_error"
# Without the address that leads to any row of any table by its number: the record is reached by its own doors alone.
administration = [each for each in admin.site.get_urls() if getattr(each, "name", "") != "view_on_site"]
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("i18n/setlang/", set_language, name="set_language"),
    path("api/v1/", include("cases.api.urls")),
    path("api/v1/", include("tracker.api.urls")),
    *i18n_patterns(
        path("admin/", (administration, "admin", admin.site.name)),
        path("", include("tracker.urls")),
    ),
]
