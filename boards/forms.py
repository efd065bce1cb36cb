"""How every form looks: label, hint, error, and "(optional)" on what may be left out."""

from django.forms.renderers import TemplatesSetting


class FieldTemplates(TemplatesSetting):
    form_template_name = "components/_form.html"
    field_template_name = "components/_field.html"
