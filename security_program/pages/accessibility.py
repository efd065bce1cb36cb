"""The accessibility statement, and barriers that anyone reports and the city answers in public."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from boards.access import may
from boards.forms import attempt
from boards.throttle import never, throttled

from .. import forms
from ..models import AccessibilityStatement, BarrierReport
from .settings import get_or_post, manages_city, posted

SHOWN = 50


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    answers = may(request.user, "manage_city")
    facts = {
        "statement": AccessibilityStatement.objects.current(),
        "answered": BarrierReport.objects.answered()[:SHOWN],
        "waiting": BarrierReport.objects.waiting()[:SHOWN] if answers else [],
        "manages": answers,
    }
    return render(request, "security_program/accessibility.html", facts)


@login_not_required
@get_or_post
@throttled("barrier", lambda request: "", never)
def barrier_new(request: HttpRequest) -> HttpResponse:
    form = forms.BarrierForm(posted(request))
    if request.method == "POST" and form.is_valid():
        barrier = BarrierReport.objects.report(**form.cleaned_data)
        return render(request, "security_program/barrier_receipt.html", {"barrier": barrier})
    return render(request, "security_program/barrier_form.html", {"form": form})


@get_or_post
@manages_city
def barrier_answer(request: HttpRequest, pk: int) -> HttpResponse:
    barrier = BarrierReport.objects.waiting().filter(pk=pk).first()
    if barrier is None:
        raise Http404
    form = forms.BarrierAnswerForm(posted(request))
    if attempt(form, lambda: barrier.reply(by=request.user, **form.cleaned_data)):
        messages.success(request, _("The answer is public now."))
        return redirect("accessibility")
    return render(request, "security_program/barrier_answer.html", {"form": form, "barrier": barrier})


@get_or_post
@manages_city
def statement_new(request: HttpRequest) -> HttpResponse:
    now = AccessibilityStatement.objects.current()
    form = forms.StatementForm(posted(request), initial=vars(now) if now else {})
    if attempt(form, lambda: AccessibilityStatement.objects.decide(by=request.user, **form.cleaned_data)):
        messages.success(request, _("The statement is decided."))
        return redirect("accessibility")
    return render(request, "security_program/statement_form.html", {"form": form})
