"""A SAML identity provider with a key pair of its own, made for one test run."""

import base64
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Saml
from onelogin.saml2.utils import OneLogin_Saml2_Utils

ENTITY, SIGN_ON = "https://idp.example.org/metadata", "https://idp.example.org/sso"


@dataclass
class SamlProvider:
    """What the city's own would do: takes our question apart and answers with a signed statement."""

    @cached_property
    def private_key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @property
    def key(self) -> str:
        form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        return self.private_key.private_bytes(*form).decode()

    @cached_property
    def certificate(self) -> str:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example.org")])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.private_key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .sign(self.private_key, hashes.SHA256())
        )
        return made.public_bytes(serialization.Encoding.PEM).decode()

    def application(self, **own: Any) -> dict[str, Any]:
        idp = {"entity_id": ENTITY, "sso_url": SIGN_ON, "x509cert": self.certificate}
        mapping = {"uid": "employee", "email": "mail", "name": "name"}
        return {
            "provider_id": "city-saml",
            "name": "Staden",
            "client_id": "staden",
            "settings": {"idp": idp, "attribute_mapping": mapping, **own},
        }

    def answer(self, question: str, address: str, *, signed: bool = True, **attributes: str) -> str:
        """To the question in the redirect's address, for our address, as the browser would post it."""
        packed = parse_qs(urlsplit(question).query)["SAMLRequest"][0]
        asked = zlib.decompress(base64.b64decode(packed), -15).decode()
        number = re.search(r'ID="([^"]+)"', asked)[1]  # type: ignore[index]
        audience = re.search(r"<saml:Issuer>([^<]+)<", asked)[1]  # type: ignore[index]
        statement = self._statement(number, address, audience, attributes)
        if signed:
            statement = OneLogin_Saml2_Utils.add_sign(
                statement,
                self.key,
                self.certificate,
                sign_algorithm=Saml.RSA_SHA256,
                digest_algorithm=Saml.SHA256,
            ).decode()
        return base64.b64encode(self._envelope(number, address, statement).encode()).decode()

    def _statement(self, number: str, address: str, audience: str, attributes: dict[str, str]) -> str:
        now, soon = _moment(), _moment(minutes=5)
        values = "".join(
            f'<saml:Attribute Name="{name}"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>'
            for name, value in attributes.items()
        )
        return (
            f'<saml:Assertion xmlns:saml="{Saml.NS_SAML}" ID="a{number}" Version="2.0" IssueInstant="{now}">'
            f"<saml:Issuer>{ENTITY}</saml:Issuer>"
            f'<saml:Subject><saml:NameID Format="{Saml.NAMEID_UNSPECIFIED}">{attributes["employee"]}</saml:NameID>'
            f'<saml:SubjectConfirmation Method="{Saml.CM_BEARER}"><saml:SubjectConfirmationData NotOnOrAfter="{soon}" '
            f'Recipient="{address}" InResponseTo="{number}"/></saml:SubjectConfirmation></saml:Subject>'
            f'<saml:Conditions NotBefore="{_moment(minutes=-1)}" NotOnOrAfter="{soon}"><saml:AudienceRestriction>'
            f"<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
            f'<saml:AuthnStatement AuthnInstant="{now}"><saml:AuthnContext><saml:AuthnContextClassRef>'
            f"{Saml.AC_PASSWORD}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
            f"<saml:AttributeStatement>{values}</saml:AttributeStatement></saml:Assertion>"
        )

    def _envelope(self, number: str, address: str, statement: str) -> str:
        return (
            f'<samlp:Response xmlns:samlp="{Saml.NS_SAMLP}" xmlns:saml="{Saml.NS_SAML}" ID="r{number}" Version="2.0" '
            f'IssueInstant="{_moment()}" Destination="{address}" InResponseTo="{number}"><saml:Issuer>{ENTITY}</saml:Issuer>'
            f'<samlp:Status><samlp:StatusCode Value="{Saml.STATUS_SUCCESS}"/></samlp:Status>{statement}</samlp:Response>'
        )


def _moment(minutes: int = 0) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
