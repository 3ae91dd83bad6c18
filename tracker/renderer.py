"""Draws form fields with our own field group: label, hint, error and `aria-describedby`, in that order.

Our templates stand before Django's own, so that a choice or a text in another script than the page's is marked.
"""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    form_template_name = "tracker/parts/form.html"
    field_template_name = "tracker/parts/field.html"
