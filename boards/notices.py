"""What a person should know: written by verbs as rows, and sent at once or gathered into one mail a day.

A notice holds no words of its own, only its kind and what it is about; the sentence is made for its reader. So
a mail can say nothing more than that something has happened, where it is read and why one is told.
Each floor names its kinds in a module `notice_kinds`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import outbox
from .channels import MAIL
from .letters import language_of
from .models.notices import DIGEST, NoticeStop

if TYPE_CHECKING:
    from .models import Board, Notice, User
    from .models.people import UserQuerySet

STOP_LINK = "boards.notices.stop"
STOP_LINK_LASTS = 180 * 24 * 3600


@dataclass(frozen=True)
class NoticeKind:
    """One sentence, which may name %(board)s, %(number)s and %(day)s, and why the reader is told."""

    name: str
    sentence: Any
    why: Any
    acute: bool = False
    channels: tuple[str, ...] = (MAIL,)
    # Why an acute kind cannot be stopped; without it anything can.
    needed: Any = ""
    # Only those who have this right somewhere are told of such things.
    permission: str = ""


KINDS: dict[str, NoticeKind] = {}


def register(name: str, **facts: Any) -> None:
    KINDS[name] = NoticeKind(name, **facts)


@dataclass(frozen=True)
class News:
    """Whom to tell of which thing. What is told `once` is told each of them once under that name."""

    to: "list[User]"
    about: Any
    link: str
    board: "Board | None" = None
    day: date | None = None
    once: str = ""

    def readers(self) -> "list[User]":
        return list({person.pk: person for person in self.to if person.is_active}.values())

    def key(self, person: "User") -> str | None:
        return f"{self.once}:{person.pk}" if self.once else None


def give(kind: str, to: "Iterable[User]", *, about: Any, link: str, board: "Board | None" = None) -> None:
    """Tells them, in the caller's transaction: at once if the kind is acute, else in tomorrow's mail."""
    give_all(kind, [News(list(to), about, link, board)])


def give_all(kind: str, news: "Iterable[News]") -> None:
    """Of many things of one kind; what is not acute takes three questions, however many they are."""
    what = KINDS[kind]
    told = _untold([(each, person) for each in news for person in each.readers()])
    if not told:
        return
    stops = NoticeStop.objects.filter(person__in={person.pk for _, person in told}, kind__in=[kind, DIGEST])
    stopped = set(stops.values_list("person", flat=True))
    notices = [_notice(what, each, person, person.pk in stopped) for each, person in told]
    apps.get_model("boards", "Notice").objects.bulk_create(notices, batch_size=200)


def _untold(telling: "list[tuple[News, User]]") -> "list[tuple[News, User]]":
    keys = {key for each, person in telling if (key := each.key(person))}
    if not keys:
        return telling
    told = apps.get_model("boards", "Notice").objects.filter(key__in=keys)
    known = set(told.values_list("key", flat=True))
    return [(each, person) for each, person in telling if each.key(person) not in known]


def _notice(what: NoticeKind, news: News, person: "User", is_stopped: bool) -> "Notice":
    notice = apps.get_model("boards", "Notice")(
        person=person,
        kind=what.name,
        board=news.board,
        about_type=news.about._meta.label,
        about_id=news.about.pk,
        link=news.link,
        day=news.day,
        key=news.key(person),
        waits_for_mail=not what.acute and not is_stopped,
    )
    if what.acute and (what.needed or not is_stopped):
        notice.dispatch = _at_once(what, notice, person)
    return notice


def _at_once(what: NoticeKind, notice: "Notice", person: "User") -> Any:
    with translation.override(language_of(person)):
        said, link = sentence(notice), settings.PUBLIC_URL + notice.link
        facts = {"person": person, "said": said, "link": link, "why": what.why, "site": settings.PUBLIC_URL}
        body = render_to_string("mail/notice.txt", {**facts, "needed": what.needed}).strip()
    return outbox.write(
        what.name, person, channels=what.channels, subject=said, body=body, text=f"{said} {link}"
    )


def sentence(notice: "Notice") -> str:
    """In the language of the moment; a kind of a later release is said without words of its own."""
    what = KINDS.get(notice.kind)
    board = notice.board.name if notice.board else ""
    if what is None:
        return _("Something has happened")
    return str(what.sentence) % {"board": board, **_facts(notice)}


def _facts(notice: "Notice") -> dict[str, Any]:
    return {"number": notice.about_id, "day": date_format(notice.day, "j F Y") if notice.day else ""}


def sentence_in_page(notice: "Notice") -> SafeString:
    """With the board's name marked as Swedish, whatever language the page is in."""
    what = KINDS.get(notice.kind)
    if what is None or notice.board is None:
        return conditional_escape(sentence(notice))
    board = format_html('<span lang="sv">{}</span>', notice.board.name)
    return mark_safe(escape(what.sentence) % {"board": board, **_facts(notice)})  # noqa: S308


def those_who(permission: str, board: "Board | None") -> "UserQuerySet":
    """The people who have this right at the board today; without a board, or if nobody there has it, in the city."""
    granted = apps.get_model("boards", "BoardGroupPermission").objects
    holdings = apps.get_model("boards", "OfficeHolder").objects.confirmed().on()
    # The few groups first: in one question a database that has not counted its rows yet reads them all for each.
    groups = list(
        granted.filter(permission__codename=permission, content_object=board).values_list("group", flat=True)
    )
    there = holdings.filter(office__group__in=groups)
    if not groups or not there.exists():
        there = holdings.filter(office__group__permissions__codename=permission)
    return apps.get_model("boards", "User").objects.filter(pk__in=there.values("person"))


def those_who_at(permission: str, boards: "Collection[Board | None]") -> "dict[Board | None, list[User]]":
    """What `those_who` answers for one, for each of these boards, in three questions."""
    if not boards:
        return {}
    at_board = "office__group__boardgrouppermission__"
    holdings = apps.get_model("boards", "OfficeHolder").objects.confirmed().on()
    at = {f"{at_board}content_object__in": [board.pk for board in boards if board]}
    there = holdings.filter(**{f"{at_board}permission__codename": permission}, **at)
    found: dict[int | None, set[int]] = {}
    for board, person in there.values_list(f"{at_board}content_object", "person"):
        found.setdefault(board, set()).add(person)
    city = holdings.filter(office__group__permissions__codename=permission).values_list("person", flat=True)
    found[None] = set(city)
    people = apps.get_model("boards", "User").objects.in_bulk(set().union(*found.values()))
    numbers = {board: found.get(board.pk if board else None) or found[None] for board in boards}
    return {board: [people[number] for number in sorted(each)] for board, each in numbers.items()}


def gather(day: Any = None) -> int:
    """One mail to each person who has something new, and none to the others; once a day however often asked."""
    waiting = apps.get_model("boards", "Notice").objects.for_the_digest()
    readers = apps.get_model("boards", "User").objects.filter(pk__in=waiting.values("person"))
    return sum(_gather_for(person, day or timezone.localdate()) for person in readers)


@transaction.atomic
def _gather_for(person: "User", day: Any) -> bool:
    stopped = set(NoticeStop.objects.filter(person=person).values_list("kind", flat=True))
    mine = apps.get_model("boards", "Notice").objects.for_the_digest().filter(person=person)
    found = list(mine.select_related("board").latest_first())
    wanted = [notice for notice in found if not stopped & {notice.kind, DIGEST}]
    dispatch = _digest(person, _without_doubles(wanted), day) if wanted else None
    if wanted and dispatch is None:
        return False  # today's mail is written already: these wait for tomorrow's
    numbers = [notice.pk for notice in found]
    apps.get_model("boards", "Notice").objects.filter(pk__in=numbers).update(
        waits_for_mail=False, dispatch=dispatch
    )
    return dispatch is not None


def _without_doubles(notices: "list[Notice]") -> "list[Notice]":
    """Of several about the same thing the latest."""
    latest = {(each.kind, each.about_type, each.about_id, each.day): each for each in reversed(notices)}
    return list(latest.values())[::-1]


def _digest(person: "User", notices: "list[Notice]", day: Any) -> Any:
    with translation.override(language_of(person)):
        number = len(notices)
        subject = ngettext("%(number)s thing that concerns you", "%(number)s things that concern you", number)
        lines = [
            (sentence(each), date_format(timezone.localtime(each.at), "j F"), settings.PUBLIC_URL + each.link)
            for each in notices
        ]
        facts = {"person": person, "lines": lines, "site": settings.PUBLIC_URL, "stop": stop_link(person)}
        body = render_to_string("mail/digest.txt", facts).strip()
        return outbox.write(
            DIGEST,
            person,
            key=f"digest:{person.pk}:{day}",
            subject=subject % {"number": number},
            body=body,
            unsubscribe=stop_link(person),
        )


def stop_link(person: "User") -> str:
    return settings.PUBLIC_URL + reverse("notice_unsubscribe", args=[stop_token(person)])


def stop_token(person: "User") -> str:
    """Opens nothing but the choice to get no more of the daily mail."""
    return signing.dumps(person.pk, salt=STOP_LINK)


def person_of(token: str) -> "User | None":
    try:
        number = signing.loads(token, salt=STOP_LINK, max_age=STOP_LINK_LASTS)
    except signing.BadSignature:
        return None
    return apps.get_model("boards", "User").objects.filter(pk=number, is_active=True).first()
