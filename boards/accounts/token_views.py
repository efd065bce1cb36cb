"""Personal tokens for the API: made with a second factor, shown once, listed with when they were last used."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import access
from ..dates import Lean
from ..days import today
from ..forms import DateField, ModelForm, attempt
from ..models import ApiToken
from . import second_factor
from .signed_in import SignedIn

USUAL_LIFE = timedelta(days=90)


class TokenForm(ModelForm):
    valid_to = DateField(
        label=gettext_lazy("Last day"),
        lean=Lean.FUTURE,
        help_text=gettext_lazy("At most a year. It ends before that if your office does."),
        error_messages={"required": gettext_lazy("Give the last day.")},
    )

    class Meta:
        model = ApiToken
        fields = ["name", "valid_to", "may_write"]
        help_texts = {
            "name": gettext_lazy("For example: the monthly figures to Excel."),
            "may_write": gettext_lazy("Leave it empty if the program only reads."),
        }

    def _post_clean(self) -> None:
        """The verb validates the token; here only the fields are read."""


@require_safe
def token_list(request: SignedIn) -> HttpResponse:
    tokens = request.user.api_tokens.latest_first()
    for token in tokens:
        token.person = request.user
    facts = {"tokens": tokens, "may_have": bool(access.rights_of(request.user).offices)}
    return render(request, "boards/token_list.html", facts)


@require_http_methods(["GET", "POST"])
def token_new(request: SignedIn) -> HttpResponse:
    if not second_factor.was_used(request):
        messages.warning(request, _("To make a token you need a second factor. Sign in with it first."))
        return redirect("mfa_index")
    form = TokenForm(request.POST or None, initial={"valid_to": today() + USUAL_LIFE})
    made: list[str] = []

    def issue() -> None:
        made.append(ApiToken.objects.issue(request.user, **form.cleaned_data)[1])

    if request.method == "POST" and attempt(form, issue):
        return render(
            request, "boards/token_shown.html", {"secret": made[0], "name": form.cleaned_data["name"]}
        )
    return render(request, "boards/token_form.html", {"form": form})


@require_POST
def token_revoke(request: SignedIn, pk: int) -> HttpResponse:
    get_object_or_404(request.user.api_tokens, pk=pk).revoke(by=request.user)
    messages.success(request, _("The token no longer works."))
    return redirect("token_list")
