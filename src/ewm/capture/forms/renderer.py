"""Forms are shown by the site's own templates."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders fields by ``forms/field.html``: label, hint, control, error."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
