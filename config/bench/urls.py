"""Casebook's addresses and those of the bare reference."""

from django.urls import URLPattern, URLResolver

from config import urls
from tracker.bench import bare

handler500 = urls.handler500
urlpatterns: list[URLPattern | URLResolver] = [*bare.urlpatterns, *urls.urlpatterns]
