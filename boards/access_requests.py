"""Asking for access: from anyone who is signed in, to those who may decide at that board today."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from .access import may, visible
from .forms import Form, ModelForm
from .models import AccessRequest, Board, OfficeHolder
from .panels import ToDo

GIVE, REFUSE = "give", "refuse"


class RequestForm(ModelForm):
    class Meta:
        model = AccessRequest
        fields = ["board", "reason"]
        labels = {"board": gettext_lazy("Board or company")}
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"reason": gettext_lazy("For example: I take over as security coordinator on 1 May.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = Board.objects.bound().on().by_name()  # type: ignore[attr-defined]


class AnswerForm(Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[
            (GIVE, gettext_lazy("Give access: I appoint the person to an office in the next step")),
            (REFUSE, gettext_lazy("Do not give access")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Message to the person"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed if you do not give access."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def access_request_new(request: HttpRequest) -> HttpResponse:
    form = RequestForm(request.POST if request.method == "POST" else None, initial=_wanted(request))
    if request.method == "POST" and form.is_valid():
        try:
            asked = AccessRequest.objects.ask(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect(asked)
    return render(request, "boards/access_request_form.html", {"form": form})


def _wanted(request: HttpRequest) -> dict[str, Any]:
    """The board in the address, when the page that was closed belonged to one."""
    board = Board.objects.visible_to(request.user).filter(slug=request.GET.get("namnd", "")).first()
    return {"board": board} if board else {}


@require_http_methods(["GET", "HEAD", "POST"])
@visible(AccessRequest, "pk")
def access_request(request: HttpRequest, asked: AccessRequest) -> HttpResponse:
    """The one who asked reads the answer here; those who decide write it."""
    decides = may(request.user, "decide_access", asked.board) and asked.person_id != request.user.pk
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not decides:
            raise PermissionDenied
        if form.is_valid() and _answer(request, asked, form):
            return redirect(_next(asked))
    facts = {
        "asked": asked,
        "form": form if decides and asked.is_waiting else None,
        "deciders": OfficeHolder.objects.confirmed()
        .on()
        .filter(_deciding_at(asked.board))
        .select_related("person", "office__type"),
    }
    return render(request, "boards/access_request_detail.html", facts)


def _deciding_at(board: Board) -> Any:
    from django.db.models import Q

    at_the_board = Q(
        office__board=board, office__group__boardgrouppermission__permission__codename="decide_access"
    )
    return at_the_board & Q(office__group__boardgrouppermission__content_object=board)


def _answer(request: HttpRequest, asked: AccessRequest, form: AnswerForm) -> bool:
    given = form.cleaned_data["decision"] == GIVE
    try:
        if given:
            asked.give(by=request.user, answer=form.cleaned_data["answer"])
        else:
            asked.refuse(by=request.user, answer=form.cleaned_data["answer"])
    except ValidationError as error:
        for field, texts in getattr(error, "error_dict", {None: error.messages}).items():
            form.add_error(field, texts)
        return False
    done = _("You have given access. Now appoint the person.") if given else _("The person sees your answer.")
    messages.success(request, done)
    return True


def _next(asked: AccessRequest) -> str:
    if asked.state == AccessRequest.State.GIVEN:
        return f"{reverse('office_new', args=[asked.board.slug])}?person={asked.person_id}"
    return asked.get_absolute_url()


def to_do(user: Any, requests: list[AccessRequest]) -> list[ToDo]:
    """Among requests that concern the person, those that they answer."""
    return [
        ToDo(
            what=_("%(person)s asks for access") % {"person": asked.person},
            url=asked.get_absolute_url(),
            board=asked.board.name,
        )
        for asked in requests
        if asked.is_waiting and asked.person_id != user.pk
    ]
