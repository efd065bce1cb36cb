"""The city's settings. Each page changes one thing by one verb, and each change leaves one event."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from boards import merging
from boards.access import city_wide, may
from boards.forms import attempt
from boards.models import ChangedMeanwhileError, City, SiteText
from boards.models.texts import proposals
from crisis.models import Level
from risk_analysis.models import MethodVersion
from risk_analysis.views import scales

from .. import forms
from ..models import AccessibilityStatement, CalendarRule, Programme

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
manages_city = city_wide("manage_city")

SCALES = {
    "sannolikhet": ("likelihoods", gettext_lazy("Likelihood")),
    "konsekvens": ("consequences", gettext_lazy("Consequence")),
    "skyddsvarden": ("protected_values", gettext_lazy("What is protected")),
    "kritikalitet": ("criticalities", gettext_lazy("Criticality")),
}


@require_safe
@manages_city
def settings_home(request: HttpRequest) -> HttpResponse:
    facts = {
        "city": City.objects.here(),
        "unchecked": CalendarRule.objects.filter(is_checked=False).count(),
        "method": MethodVersion.objects.current(),
        "statement": AccessibilityStatement.objects.current(),
        "in_force": Programme.objects.in_force(),
        "may_sanitize": may(request.user, "sanitize"),
    }
    return render(request, "security_program/settings_home.html", facts)


def posted(request: HttpRequest) -> Any:
    """What was sent, even when it is nothing but a press of the button."""
    return request.POST if request.method == "POST" else None


def sent(request: HttpRequest) -> tuple[Any, Any]:
    return posted(request), request.FILES if request.method == "POST" else None


def _city_page(request: HttpRequest, form_class: type[Any], heading: Any, lead: Any = "") -> HttpResponse:
    city = City.objects.here()
    files = sent(request)[1]
    form = form_class(merging.posted(request, city), files, instance=City.objects.here())
    try:
        if attempt(form, lambda: city.change(by=request.user, version=form.read_version, **form.changes)):
            return _saved(request, "settings_home")
    except ChangedMeanwhileError:
        return merging.ask(request, form, form_class(instance=City.objects.here()))
    return _form_page(request, form, heading, lead)


def _form_page(request: HttpRequest, form: Any, heading: Any, lead: Any = "", **facts: Any) -> HttpResponse:
    page = {"form": form, "heading": heading, "lead": lead, "up": "settings_home", **facts}
    return render(request, "security_program/settings_form.html", page)


def _saved(request: HttpRequest, where: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(where)


@get_or_post
@manages_city
def city_name(request: HttpRequest) -> HttpResponse:
    return _city_page(request, forms.CityForm, _("The city"))


@get_or_post
@manages_city
def city_look(request: HttpRequest) -> HttpResponse:
    return _city_page(request, forms.LookForm, _("Logo and font"))


@login_not_required
@require_safe
def city_font(request: HttpRequest) -> HttpResponse:
    """The city's own font before ours; the name is letters, digits, spaces and hyphens and nothing else."""
    city = City.objects.here()
    if not city.font_family:
        raise Http404
    style = f':root {{ --font: "{city.font_family}", "Source Sans 3", system-ui, sans-serif; }}\n'
    return HttpResponse(style, content_type="text/css; charset=utf-8")


@get_or_post
@manages_city
def city_numbers(request: HttpRequest) -> HttpResponse:
    lead = _("They stand on the front page and where an incident is reported.")
    return _city_page(request, forms.NumbersForm, _("Phone numbers"), lead)


@get_or_post
@manages_city
def city_contact(request: HttpRequest) -> HttpResponse:
    return _city_page(request, forms.ContactForm, _("Questions about the system"))


@require_safe
@manages_city
def date_list(request: HttpRequest) -> HttpResponse:
    facts = {"dates": CalendarRule.objects.all().coming()}
    return render(request, "security_program/settings_dates.html", facts)


@get_or_post
@manages_city
def date_form(request: HttpRequest, code: str) -> HttpResponse:
    rule = get_object_or_404(CalendarRule, code=code)
    form = forms.CalendarRuleForm(posted(request), instance=get_object_or_404(CalendarRule, code=code))
    if attempt(form, lambda: rule.move(by=request.user, **form.cleaned_data)):
        return _saved(request, "settings_dates")
    return _form_page(request, form, rule.label, up="settings_dates")


@require_safe
@manages_city
def scale_list(request: HttpRequest) -> HttpResponse:
    parts = [(slug, label) for slug, (_field, label) in SCALES.items()]
    facts = {"parts": parts, **scales(MethodVersion.objects.current())}
    return render(request, "security_program/settings_scales.html", facts)


@get_or_post
@manages_city
def scale_words(request: HttpRequest, scale: str) -> HttpResponse:
    if scale not in SCALES:
        raise Http404
    field, label = SCALES[scale]
    now = MethodVersion.objects.current()
    form = forms.ScaleWordsForm(posted(request), scale=getattr(now, field))
    if attempt(form, lambda: MethodVersion.objects.decide(by=request.user, **{field: form.scale})):
        return _saved(request, "settings_scales")
    lead = _("A change makes a new version of the method. Analyses that have begun keep the one they have.")
    return _form_page(request, form, label, lead, up="settings_scales")


@get_or_post
@manages_city
def scale_levels(request: HttpRequest) -> HttpResponse:
    now = MethodVersion.objects.current()
    form = forms.LevelTableForm(posted(request), table=now.levels)
    if attempt(form, lambda: MethodVersion.objects.decide(by=request.user, levels=form.table)):
        return _saved(request, "settings_scales")
    return render(request, "security_program/settings_levels.html", {"form": form, **scales(now)})


@require_safe
@manages_city
def text_list(request: HttpRequest) -> HttpResponse:
    return render(request, "security_program/settings_texts.html", {"texts": SiteText.objects.every()})


@get_or_post
@manages_city
def text_form(request: HttpRequest, key: str) -> HttpResponse:
    if key not in proposals():
        raise Http404
    form = forms.SiteTextForm(posted(request), instance=SiteText.objects.by_key(key))
    if attempt(form, lambda: SiteText.objects.change(key, by=request.user, **form.cleaned_data)):
        return _saved(request, "settings_texts")
    return _form_page(request, form, SiteText.objects.by_key(key).about, up="settings_texts")


@require_safe
@manages_city
def crisis_levels(request: HttpRequest) -> HttpResponse:
    return render(request, "security_program/settings_crisis.html", {"levels": Level.objects.all()})


@get_or_post
@manages_city
def crisis_level(request: HttpRequest, code: str) -> HttpResponse:
    level = get_object_or_404(Level, code=code)
    form = forms.LevelForm(posted(request), instance=get_object_or_404(Level, code=code))
    if attempt(form, lambda: level.reword(by=request.user, **form.cleaned_data)):
        return _saved(request, "settings_crisis")
    lead = _("The order of the levels and who the law lets decide do not change with the words.")
    return _form_page(request, form, level.label, lead, up="settings_crisis")
