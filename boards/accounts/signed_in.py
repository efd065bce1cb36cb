"""A request behind the door: LoginRequiredMiddleware has seen to it that somebody is there."""

from django.http import HttpRequest

from ..models import User


class SignedIn(HttpRequest):
    user: User
