"""Finding one person among thousands by name or e-mail, without a list to scroll and without script."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpRequest

from .models import User

SHOWN = 15


@dataclass(frozen=True)
class PersonSearch:
    asked: str = ""
    person: User | None = None
    hits: list[User] = field(default_factory=list)
    more: bool = False


def search(request: HttpRequest) -> PersonSearch:
    """What has been chosen in the address, or else what the words there find."""
    asked, chosen = request.GET.get("sok", "").strip(), request.GET.get("person", "")
    people = User.objects.active()
    if chosen.isdecimal() and len(chosen) < 19 and (person := people.filter(pk=int(chosen)).first()):
        return PersonSearch(asked, person)
    if not asked:
        return PersonSearch()
    hits = list(people.filter(named(asked)).select_related("unit__board").by_name()[: SHOWN + 1])
    return PersonSearch(asked, None, hits[:SHOWN], len(hits) > SHOWN)


def named(words: str) -> Q:
    """Every word is in the name, or the whole is in the address."""
    in_name = Q()
    for word in words.replace("\x00", "").split():
        # SQLite folds only a to z, so the capital is asked for by itself.
        in_name &= Q(name__icontains=word) | Q(name__icontains=word.capitalize())
    return in_name | Q(email__icontains=words.replace("\x00", ""))
