"""A form sent in twice is done once: by a double press, by the button back, by a network that tries again.

Every form of ours carries a key of its own. The first one to arrive writes it down in the same transaction as
what the form does; the next one waits for that transaction and is led to the same answer.
"""

import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from .kept import ACCOUNT_PAGES
from .models import AnsweredForm, User
from .models.answered import KEPT_FOR

FIELD = "once"
# What a page adds to the same form each time it is shown.
NOT_CONTENT = ("csrfmiddlewaretoken",)


def new_key() -> str:
    return secrets.token_urlsafe(12)


class AnsweredOnce:
    """The last of the middleware, so that nobody is let past the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not is_ours(request):
            return None
        return once(request, lambda: view(request, *args, **kwargs))


def is_ours(request: HttpRequest) -> bool:
    """The pages of the account slow down guesses in transactions of their own."""
    signed_in = request.method == "POST" and request.user.is_authenticated
    return signed_in and FIELD in request.POST and not request.path.startswith(ACCOUNT_PAGES)


def once(request: HttpRequest, do: Callable[[], HttpResponse]) -> HttpResponse:
    person, key = request.user, digest(request)
    assert isinstance(person, User)
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = AnsweredForm.objects.create(person=person, key=key)
        except IntegrityError:
            # On PostgreSQL the line above has waited until the first one was done.
            answer = AnsweredForm.objects.filter(person=person, key=key).values_list("answer", flat=True)
            return HttpResponseRedirect(answer[0]) if answer and answer[0] else do()
        response = do()
        if response.status_code == 302:
            AnsweredForm.objects.filter(pk=row.pk).update(answer=response["Location"][:500])
        else:
            # Shown again with what is wrong: the same form is to be tried again.
            row.delete()
    return response


def digest(request: HttpRequest) -> str:
    """Something else typed under the same key is another form."""
    whole = hashlib.sha256(request.get_full_path().encode())
    for name, values in sorted(request.POST.lists()):
        if name not in NOT_CONTENT:
            whole.update("\0".join(["", name, *values]).encode())
    for name, file in sorted(request.FILES.items()):
        whole.update(f"\0{name}\0{file.name}\0{file.size}".encode())  # type: ignore[union-attr]
    return whole.hexdigest()


def forget_old() -> None:
    AnsweredForm.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
