"""The city's single sign-on as settings: any number of OIDC and SAML 2.0 providers at once.

SSO_PROVIDERS is a JSON object with the lists `oidc` and `saml`; each entry is an application as django-allauth
describes it, whose `settings` may also hold

    claims           which claim is the mail, name, directory_id and unit: {"directory_id": "employeeNumber"}
    trusted_for_mail true where a person already here may be recognised by the mail address it gives
    second_factor    {"claim": "amr", "values": ["mfa"]} where it has asked for a second factor already
    origins          further addresses that signing in leads to, for the content security policy
"""

from typing import Any
from urllib.parse import urlsplit

SIGNED = {"want_assertion_signed": True, "reject_idp_initiated_sso": True, "strict": True}


def apps(providers: dict[str, Any]) -> dict[str, Any]:
    saml = [_strict(app) for app in providers.get("saml", [])]
    oidc = {"APPS": providers.get("oidc", []), "OAUTH_PKCE_ENABLED": True}
    return {"openid_connect": oidc, "saml": {"APPS": saml}}


def _strict(app: dict[str, Any]) -> dict[str, Any]:
    own = app.get("settings", {})
    return {**app, "settings": {**own, "advanced": {**own.get("advanced", {}), **SIGNED}}}


def origins(providers: dict[str, Any]) -> list[str]:
    """Where a form on our pages may lead: the browser asks the policy of every redirect on the way."""
    found: list[str] = []
    for app in [*providers.get("oidc", []), *providers.get("saml", [])]:
        own = app.get("settings", {})
        found += [_origin(own.get("server_url", "")), _origin(own.get("idp", {}).get("sso_url", ""))]
        found += [_origin(address) for address in own.get("origins", [])]
    return sorted({origin for origin in found if origin})


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
