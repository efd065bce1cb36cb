"""One risk as a page, and the themes that the risks of several organisations are grouped into."""

from collections import defaultdict
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards import read_log
from boards.access import SignedInRequest, city_wide, find_visible, may, visible
from boards.forms import Form, attempt

from ..counted import City
from ..history import history_of
from ..models import Risk, RiskTheme, Rsa, RsaComment, ThemedRisk
from ..models.purposes import reads_across
from ..themes import Themes
from ..written import Words, label_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
# What the page says of a risk, in this order, beside its level.
SAID = (
    "likelihood",
    "consequence",
    "worst_value",
    "why",
    "cause",
    "course",
    "protection",
    "uncertainty",
    "trend",
)


class RsaCommentForm(Form):
    text = forms.CharField(
        label=gettext_lazy("Your question or comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is read by the organisation and by those who review it."),
        error_messages={"required": gettext_lazy("Write your question first.")},
    )


class ThemeChoiceForm(Form):
    theme = forms.ModelChoiceField(
        RiskTheme.objects.none(),
        label=gettext_lazy("Theme"),
        required=False,
        empty_label=gettext_lazy("In no theme"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = RiskTheme.objects.by_name()  # type: ignore[attr-defined]


class ThemeForm(Form):
    name = forms.CharField(label=gettext_lazy("Theme"), max_length=80)


def may_comment(user: Any, risk: Risk) -> bool:
    return may(user, "review") or may(user, "edit_protected", risk.board)


@require_safe
def risk_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """To be read, not filled in: how it is judged, what it has been, and what is done about it."""
    risk = _find(request, pk)
    return _page(request, risk, RsaCommentForm() if may_comment(request.user, risk) else None)


def _find(request: SignedInRequest, pk: int) -> Risk:
    along = ("rsa__board", "rsa__cycle", "rsa__method", "commitment")
    risk: Risk = find_visible(Risk, request.user, *along, pk=pk)
    return risk


def _page(request: SignedInRequest, risk: Risk, comment_form: RsaCommentForm | None) -> HttpResponse:
    read_log.opened(request.user, risk, level="K2", what="risk")
    reviews = may(request.user, "review")
    themed = (
        ThemedRisk.objects.filter(thread=risk.thread).select_related("theme").first() if reviews else None
    )
    comments = RsaComment.objects.filter(rsa__cycle=risk.rsa.cycle, rsa__slug=risk.rsa.slug)
    facts = {
        "risk": risk,
        "said": _said(risk),
        "history": history_of(risk, request.user),
        "measures": list(risk.measures.standing().in_order().select_related("responsible")),
        "vulnerabilities": list(risk.vulnerabilities.standing().in_order()),
        "acceptance": risk.acceptance,
        "comments": list(comments.about(risk.thread).select_related("by", "settled_by")),
        "comment_form": comment_form,
        "form": comment_form,
        "theme": themed.theme if themed else None,
        "theme_form": ThemeChoiceForm(initial={"theme": themed.theme_id if themed else None})
        if reviews
        else None,
        "all_risks": f"{reverse('board_risks', args=[risk.board.slug])}?omgang={risk.rsa.cycle.slug}",
        "is_in_force": risk.rsa.state in Rsa.IN_FORCE,
        "follows": may(request.user, "view_submitted"),
    }
    return render(request, "risk_analysis/risk_page.html", facts)


def _said(risk: Risk) -> list[dict[str, Any]]:
    words = Words(risk.rsa.method)
    row = {name: getattr(risk, name) for name in (*SAID, "kind")}
    lines = [(name, words.value(Risk, name, row)) for name in SAID]
    if risk.is_antagonistic:
        lines.append(("intent", risk.intent))
    return [{"key": label_of(Risk, name), "value": value} for name, value in lines]


@require_POST
def risk_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """What cannot be sent stays in its field, with what is wrong."""
    risk = _find(request, pk)
    if not may_comment(request.user, risk):
        raise PermissionDenied
    form = RsaCommentForm(request.POST)
    if not attempt(
        form,
        lambda: RsaComment.objects.write(
            risk.rsa, by=request.user, text=form.cleaned_data["text"], thread=risk.thread
        ),
    ):
        return _page(request, risk, form)
    messages.success(request, _("It is sent."))
    return redirect("risk_page", risk.pk)


@require_POST
@visible(RsaComment, "pk")
def comment_settled(request: SignedInRequest, comment: RsaComment) -> HttpResponse:
    if not (may(request.user, "review") or may(request.user, "edit_protected", comment.board)):
        raise PermissionDenied
    try:
        comment.settle(by=request.user)
        messages.success(request, _("It is marked as settled."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    about = Risk.objects.visible_to(request.user).filter(rsa=comment.rsa_id, thread=comment.thread).first()
    return redirect("risk_page", about.pk) if about else redirect(comment.rsa.cycle)


@require_POST
@visible(Risk, "pk")
@city_wide("review")
def risk_theme(request: SignedInRequest, risk: Risk) -> HttpResponse:
    """The same in all the years the risk has stood in."""
    form = ThemeChoiceForm(request.POST)
    if attempt(form, lambda: _put(risk, form.cleaned_data["theme"], request.user)):
        messages.success(request, _("The theme is changed."))
    return redirect("risk_page", risk.pk)


def _put(risk: Risk, theme: RiskTheme | None, by: Any) -> None:
    if theme:
        theme.put(risk, by=by)
    else:
        RiskTheme.objects.take_out(risk, by=by)


@get_or_post
@city_wide("view_submitted")
def theme_list(request: SignedInRequest) -> HttpResponse:
    """This round beside the one before, theme by theme."""
    reviews = may(request.user, "review")
    if request.method == "POST" and not reviews:
        raise PermissionDenied
    form = ThemeForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: RiskTheme.objects.begin(form.cleaned_data["name"], by=request.user)):
        messages.success(request, _("The theme is there. Put risks into it on their pages."))
        return redirect("theme_list")
    city = City(request.user, request.GET, request.path)
    facts = {
        "form": form,
        "city_view": city,
        "themes": Themes(city).rows,
        "reviews": reviews,
        "reads": reads_across(request.user),
    }
    return render(request, "risk_analysis/theme_list.html", facts)


@get_or_post
@visible(RiskTheme)
def theme_page(request: SignedInRequest, theme: RiskTheme) -> HttpResponse:
    """Which organisations have risks in it and how grave: their words are read on pages of their own."""
    reviews = may(request.user, "review")
    if request.method == "POST" and not reviews:
        raise PermissionDenied
    form = ThemeForm(request.POST if request.method == "POST" else None, initial={"name": theme.name})
    if attempt(
        form, lambda: RiskTheme.objects.get(pk=theme.pk).rename(form.cleaned_data["name"], by=request.user)
    ):
        messages.success(request, _("The theme has a new name."))
        return redirect(theme)
    city = City(request.user, {**request.GET.dict(), "tema": theme.slug}, request.path)
    mine = _readable_in(theme, city)
    rows = [(line, mine.get(line.board.pk, [])) for line in Themes(city).organisations]
    facts = {
        "form": form,
        "theme": theme,
        "city_view": city,
        "rows": rows,
        "reviews": reviews,
        "reads": reads_across(request.user),
    }
    return render(request, "risk_analysis/theme_page.html", facts)


def _readable_in(theme: RiskTheme, city: City) -> dict[int, list[int]]:
    """The pages of single risks, for those analyses that the person may read; without their titles."""
    readable = Rsa.objects.visible_to(city.user).in_force().filter(cycle=city.cycle)
    rows = Risk.objects.standing().filter(rsa__in=readable, thread__in=theme.risks.values("thread"))
    found: dict[int, list[int]] = defaultdict(list)
    for board, pk in rows.by_weight().values_list("rsa__board", "pk"):
        found[board].append(pk)
    return found
