"""The doors of the first run, open to whoever manages the city until it is over."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from boards import board_file, register
from boards.access import city_wide
from boards.forms import attempt
from boards.models import Board, City
from risk_analysis.models import MethodVersion
from risk_analysis.views import scales

from .. import first_run, first_run_forms, forms
from ..models import CalendarRule, Programme
from .settings import get_or_post, posted, sent

PENDING = "boards_to_read_in"
View = Callable[..., HttpResponse]


def during_first_run(view: View) -> View:
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if City.objects.here().is_set_up:
            raise Http404
        return view(request, *args, **kwargs)

    return city_wide("manage_city")(door)


@require_safe
@during_first_run
def set_up(request: HttpRequest) -> HttpResponse:
    facts = {"progress": first_run.Progress(City.objects.here())}
    return render(request, "security_program/first_run.html", facts)


@get_or_post
@during_first_run
def set_up_part(request: HttpRequest, part: str) -> HttpResponse:
    if part not in first_run.SLUGS:
        raise Http404
    form, facts = FORMS[part](*sent(request))
    if form.is_valid() and (answered := ANSWERS[part](request, form)):
        return answered
    place = first_run.SLUGS.index(part)
    page = {"part": first_run.PARTS[place], "number": place + 1, "of": len(first_run.PARTS), "form": form}
    return render(request, "security_program/first_run_part.html", {**page, **facts})


def providers() -> list[str]:
    """The single sign-on that the settings name; secrets stay in them."""
    apps = [app for protocol in settings.SSO_PROVIDERS.values() for app in protocol]
    return [str(app.get("name") or app.get("provider_id") or app.get("client_id")) for app in apps]


# The form of each part, and what is shown beside it.
FORMS: dict[str, Callable[[Any, Any], tuple[Any, dict[str, Any]]]] = {
    "stad": lambda data, files: (forms.CityForm(data, instance=City.objects.here()), {}),
    "namnder": lambda data, files: (
        first_run_forms.BoardsForm(data, files),
        {"boards": Board.objects.bound().count()},
    ),
    "program": lambda data, files: (first_run_forms.FirstProgrammeForm(data), {}),
    "skalor": lambda data, files: (first_run_forms.SeenForm(data), scales(MethodVersion.objects.current())),
    "datum": lambda data, files: (
        first_run_forms.SeenForm(data),
        {"dates": CalendarRule.objects.all().coming()},
    ),
    "mejl": lambda data, files: (
        first_run_forms.MailForm(data),
        {"from_address": settings.DEFAULT_FROM_EMAIL},
    ),
    "inloggning": lambda data, files: (first_run_forms.SeenForm(data), sign_in_facts()),
    "telefon": lambda data, files: (forms.NumbersForm(data, instance=City.objects.here()), {}),
    "kontakt": lambda data, files: (forms.ContactForm(data, instance=City.objects.here()), {}),
}


def sign_in_facts() -> dict[str, Any]:
    return {"providers": providers(), "passwords": settings.LOCAL_PASSWORDS_FOR_ALL}


def go_on(request: HttpRequest, part: str) -> HttpResponse:
    following = first_run.answer(part, by=request.user)
    if following:
        return redirect("set_up_part", following.slug)
    messages.success(request, _("The city is set up. You change everything under Settings."))
    return redirect("my_page")


def answer_city(part: str) -> Callable[[HttpRequest, Any], HttpResponse | None]:
    def answer(request: HttpRequest, form: Any) -> HttpResponse | None:
        city = City.objects.here()
        saved = attempt(form, lambda: city.change(by=request.user, **form.changes))
        return go_on(request, part) if saved else None

    return answer


def answer_boards(request: HttpRequest, form: first_run_forms.BoardsForm) -> HttpResponse | None:
    source = form.cleaned_data["source"]
    if source == form.FILE:
        request.session[PENDING] = [vars(row) for row in form.reading.rows]
        return redirect("set_up_boards")
    if source == form.STOCKHOLM:
        register.apply_city(register.read("stockholm"))
        register.apply_sectors(register.read("sectors"))
    return go_on(request, "namnder")


@get_or_post
@during_first_run
def set_up_boards(request: HttpRequest) -> HttpResponse:
    """Shows what the file would change; writes it when somebody says so."""
    rows = [board_file.BoardRow(**row) for row in request.session.get(PENDING, [])]
    if not rows:
        return redirect("set_up_part", "namnder")
    form = first_run_forms.SeenForm(posted(request))
    if attempt(form, lambda: board_file.apply(rows, by=request.user)):
        del request.session[PENDING]
        return go_on(request, "namnder")
    facts = {"difference": board_file.difference(rows), "form": form}
    return render(request, "security_program/first_run_boards.html", facts)


def answer_programme(request: HttpRequest, form: first_run_forms.FirstProgrammeForm) -> HttpResponse | None:
    decision = dict(form.cleaned_data)
    chosen = decision.pop("programme")
    if chosen != form.LATER:
        programme = Programme.objects.get(slug=chosen)
        decision["diary_number"] = programme.diary_number
        if not attempt(form, lambda: programme.confirm_in_force(by=request.user, **decision)):
            return None
    return go_on(request, "program")


def answer_scales(request: HttpRequest, form: Any) -> HttpResponse | None:
    saved = attempt(form, lambda: MethodVersion.objects.decide(by=request.user))
    return go_on(request, "skalor") if saved else None


def answer_mail(request: HttpRequest, form: first_run_forms.MailForm) -> HttpResponse | None:
    if form.cleaned_data["send"] == "yes":
        subject, body = _("Test message from Säkerhetsprogrammet"), _("The e-mail works.")
        try:
            send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [request.user.email])  # type: ignore[union-attr]
        except OSError as error:
            text = _("The message could not be sent (%(reason)s). Check the settings of the mail server.")
            form.add_error("send", text % {"reason": type(error).__name__})
            return None
        messages.success(request, _("A test message is sent to %(email)s.") % {"email": request.user.email})  # type: ignore[union-attr]
    return go_on(request, "mejl")


ANSWERS: dict[str, Callable[[HttpRequest, Any], HttpResponse | None]] = {
    "stad": answer_city("stad"),
    "namnder": answer_boards,
    "program": answer_programme,
    "skalor": answer_scales,
    "datum": lambda request, form: go_on(request, "datum"),
    "mejl": answer_mail,
    "inloggning": lambda request, form: go_on(request, "inloggning"),
    "telefon": answer_city("telefon"),
    "kontakt": answer_city("kontakt"),
}
