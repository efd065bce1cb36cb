"""A word of its own in every protected field; the house is used; then the words are looked for everywhere.

Which class may stand where is the table in boards.classes; what is allowed besides is written down below.
"""

import io
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import models
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from boards import classes, days, documents, logs, outbox, sealing, tasks, work
from boards.classes import K2, K3, Place
from boards.models import ApiToken, Dispatch, Document, Draft, FactorReset, Job, KeptText, ReadLog
from security_program.models import CalendarAddress
from tests.boards import hostile_files
from tests.boards.test_sign_in import sign_in, somebody
from tests.canary import protected_analysis
from tests.canary.places import Places, temporary_folder
from tests.conftest import Cast, signed_in
from tests.house import belongings

# Words that are neither names nor English, so that nothing else in the house has them.
TYPED = {
    "boards.User.password": "kvastfening-7Qz-tornuggla",
    "boards.KeptText.sealed": "skogsharepalt",
    "boards.FactorReset.reason": "vattensorkskort",
    "socialaccount.SocialAccount.extra_data": "bergufsdata",
    "boards.ReadLog.what": "lavskrikelista",
    "boards.Draft.sealed": "orrspelsdagordning",
    "boards.AnsweredForm.key": "duvhoksnyckel-3Kw",
    "boards.Document.title": "tjadertuppsplan",
    "boards.Document.withdrawn_reason": "jarpesorsak",
    "boards.DocumentVersion.name": "ripfjaderfil",
}
# A link is made to be mailed, and is worth nothing once it has been used.
ALSO = {
    ("boards.Dispatch.sealed", Place.MAIL),
    ("boards.Invitation.token_hash", Place.MAIL),
    # A program that shows a calendar can send nothing but an address.
    ("security_program.CalendarAddress.token_hash", Place.ADDRESS),
    # By it a mail server says which message came back.
    ("boards.Dispatch.reference", Place.MAIL),
}
# Codes, numbers and hashes that the code itself writes.
CODES = {
    "boards.User.break_glass",
    "boards.DocumentVersion.sealed_key",
    *(f"boards.ReadLog.{name}" for name in ("way", "level", "object_type", "object_id", "ids")),
}
TEXTS = (models.CharField, models.TextField, models.JSONField)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_no_protected_word_stands_where_its_class_may_not(
    cast: Cast, log: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    temporary = temporary_folder(tmp_path, monkeypatch)
    places, words = Places(), dict(TYPED)
    sign_in_and_out(cast, places, words)
    lose_a_phone(cast, places, words, monkeypatch)
    forget_a_password(cast, places, words)
    keep_a_text(cast, places)
    begin_a_form(cast, places)
    file_a_document(cast, places)
    protected_analysis.file_an_analysis(cast, places, words)
    words["boards.ApiToken.token_hash"] = ask_with_a_token(cast, places)
    words["security_program.CalendarAddress.token_hash"] = fetch_a_calendar(cast, places)
    leave_traces(cast, words)
    read_everything(cast, places)
    do_the_work(places)
    places.look_around(temporary)
    places.seen[Place.LOG].append(log.getvalue().encode())
    assert_every_field_has_its_word(words)
    astray = [
        f"{name} stands in {place}"
        for name, word in sorted(words.items())
        for place in Place
        if not allowed(name, place) and places.hold(place, word)
    ]
    assert not astray, "; ".join(astray)
    assert_the_search_would_have_found_them(places, words)


def leave_traces(cast: Cast, words: dict[str, str]) -> None:
    """What a provider of identities and the read log keep."""
    SocialAccount.objects.create(
        user=cast.employee,
        provider="x",
        uid="1",
        extra_data={"claim": words["socialaccount.SocialAccount.extra_data"]},
    )
    ReadLog.objects.create(
        reader=cast.employee,
        way="opened",
        level="K2",
        object_type="boards.Board",
        what=words["boards.ReadLog.what"],
    )


def allowed(name: str, place: Place) -> bool:
    label, _dot, field = name.rpartition(".")
    return classes.may_stand(classes.DECLARED[label][field].protection, place) or (name, place) in ALSO


def assert_every_field_has_its_word(words: dict[str, str]) -> None:
    names = {
        f"{model._meta.label}.{field.name}"
        for model, field in classes.fields_with(K2, K3)
        if isinstance(field, TEXTS) and classes.kept(model, field.name).way != "empty"
    }
    assert names - words.keys() - CODES - protected_analysis.CODES == set(), (
        "plant a word in each of these, and use it"
    )


def assert_the_search_would_have_found_them(places: Places, words: dict[str, str]) -> None:
    for name in (
        "boards.ReadLog.what",
        "socialaccount.SocialAccount.extra_data",
        "sessions.Session.session_key",
    ):
        assert places.hold(Place.DATABASE, words[name]), name
    assert places.hold(Place.MAIL, words["boards.Dispatch.sealed"])
    assert places.hold(Place.PAGE, words["boards.FactorReset.reason"])
    assert len(places.seen[Place.EXPORT]) > 5
    assert places.seen[Place.BROKER]
    assert places.seen[Place.ERROR_PAGE]
    assert b'"event": "sign_in_refused"' in places.seen[Place.LOG][-1]


def sign_in_and_out(cast: Cast, places: Places, words: dict[str, str]) -> None:
    person = somebody(cast)
    person.change_password(words["boards.User.password"])
    browser = Client()
    places.visit(
        browser, "post", reverse("account_login"), {"login": "nobody@example.org", "password": "fel"}
    )
    right = {"login": person.email, "password": words["boards.User.password"]}
    places.visit(browser, "post", reverse("account_login"), right)
    key = str(browser.session.session_key)
    words["sessions.Session.session_key"] = words["usersessions.UserSession.session_key"] = key
    words["sessions.Session.session_data"] = str(browser.session["_auth_user_hash"])
    belongings.phone_and_codes(cast.coordinator)
    factor = Authenticator.objects.get(type=Authenticator.Type.TOTP, user=cast.coordinator)
    words["mfa.Authenticator.data"] = sealing.unseal(factor.data["secret"], "second factor")


def lose_a_phone(cast: Cast, places: Places, words: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    administrator, lost = signed_in(cast.administrator), cast.farsta_coordinator
    door, reason = reverse("factor_reset_ask", args=[lost.pk]), words["boards.FactorReset.reason"]
    places.visit(administrator, "post", door, {"reason": reason})
    places.visit(administrator, "get", reverse("account_list"))
    places.visit(administrator, "get", reverse("account_detail", args=[lost.pk]))
    administrator.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(FactorReset, "ask", staticmethod(fail_with))
        answer = places.visit(administrator, "post", door, {"reason": reason})
    assert answer.status_code == 500


def fail_with(*args: Any, reason: str, **kwargs: Any) -> None:
    raise RuntimeError(f"an error that quotes {reason}")


def forget_a_password(cast: Cast, places: Places, words: dict[str, str]) -> None:
    places.visit(Client(), "post", reverse("account_reset_password"), {"email": cast.employee.email})
    invitation = {"email": "new@example.org", "name": "New Person"}
    places.visit(signed_in(cast.administrator), "post", reverse("account_invite"), invitation)
    links = [link for letter in Dispatch.objects.order_by("pk") for link in links_in(letter)]
    words["boards.Dispatch.sealed"], words["boards.Invitation.token_hash"] = links[0], links[-1]
    assert links[0] != links[-1]
    words["boards.Dispatch.reference"] = Dispatch.objects.latest("pk").reference


def links_in(letter: Dispatch) -> list[str]:
    """The part of an address in a waiting letter that nobody else could guess."""
    body = sealing.unseal(letter.sealed, outbox.PURPOSE)
    return re.findall(r"https?://\S*?/([\w:.=-]{24,})", body.replace("\\n", "\n"))


def keep_a_text(cast: Cast, places: Places) -> None:
    browser = Client(headers={"Sec-Fetch-Site": "same-origin"})
    sign_in(browser, cast.employee.email, password=TYPED["boards.User.password"])
    browser.session.flush()
    places.visit(browser, "post", reverse("stand_in_new"), {"deputy": TYPED["boards.KeptText.sealed"]})
    assert KeptText.objects.exists()


def begin_a_form(cast: Cast, places: Places) -> None:
    """Saved as a draft on the way, and sent with the key that keeps it from being taken in twice."""
    browser, door = signed_in(cast.coordinator), reverse("council_new", args=[cast.bromma.slug])
    place = places.visit(browser, "get", door).context["form"].draft.place
    draft = {"draft": place, "agenda": TYPED["boards.Draft.sealed"]}
    places.visit(browser, "post", reverse("draft_list"), draft)
    assert Draft.objects.exists()
    meeting = {"kind": "lokalt_riskhanteringsrad", "held_on": str(days.today())}
    places.visit(browser, "post", door, {**meeting, "once": TYPED["boards.AnsweredForm.key"]})
    places.visit(browser, "post", reverse("draft_list"), draft)


def file_a_document(cast: Cast, places: Places) -> None:
    name, title = (TYPED[f"boards.{field}"] for field in ("DocumentVersion.name", "Document.title"))
    facts = {"title": title, "kind": "plan", "level": "K2"}
    filed = documents.publish(cast.bromma, hostile_files.pdf(), f"{name}.pdf", by=cast.coordinator, **facts)
    browser, here = signed_in(cast.coordinator), (cast.bromma.slug, filed.document.pk)
    for page, place in (("document_page", here), ("document_list", here[:1]), ("document_file", (*here, 1))):
        assert places.visit(browser, "get", reverse(page, args=place)).status_code == 200
    reason = {"withdraw-reason": TYPED["boards.Document.withdrawn_reason"]}
    places.visit(browser, "post", reverse("document_withdraw", args=here), reason)
    assert Document.objects.get().is_withdrawn


def ask_with_a_token(cast: Cast, places: Places) -> str:
    expires = days.today() + timedelta(days=30)
    _row, token = ApiToken.objects.issue(cast.coordinator, name="Alfa", valid_to=expires, may_write=False)
    api = Client(headers={"Authorization": f"Bearer {token}"})
    assert places.visit(api, "get", reverse("api_board-list")).status_code == 200
    return token


def fetch_a_calendar(cast: Cast, places: Places) -> str:
    secret = CalendarAddress.objects.make(cast.coordinator)
    assert places.visit(Client(), "get", reverse("calendar_feed", args=[secret])).status_code == 200
    return secret


def read_everything(cast: Cast, places: Places) -> None:
    """Every address without parameters, as page and as file."""
    people = [cast.administrator, cast.security_chief, cast.coordinator]
    for person in people:
        browser = signed_in(person)
        browser.raise_request_exception = False
        for url in addresses():
            places.visit(browser, "get", url)
    for url in ("/namnder/", f"/namnder/{cast.bromma.slug}/roller/", "/moten/"):
        for kind in ("xlsx", "csv"):
            places.visit(signed_in(cast.security_chief), "get", f"{url}?format={kind}")


def addresses() -> list[str]:
    found = []
    for name in get_resolver().reverse_dict:
        if isinstance(name, str) and name not in ("account_logout",):
            try:
                found.append(reverse(name))
            except NoReverseMatch:
                continue
    return sorted(set(found))


def do_the_work(places: Places) -> None:
    """The message goes through the real broker; what it asks for is done here."""
    for job in Job.objects.unfinished().order_by("pk"):
        tasks.work.apply_async(args=[job.pk])
        work.do(job.pk)
    outbox.post_due()
