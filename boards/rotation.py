"""Another of FIELD_KEYS is in use: what the former ones sealed is sealed anew, a little at a time.

Both keys open while it goes on, so that it may be stopped anywhere and run again. Texts in records are not
touched: only the keys that sealed them are wrapped anew.
"""

from collections import Counter
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from . import key_store, outbox, sealing
from .accounts.second_factor import PURPOSE
from .models import Dispatch

# Where allauth keeps what it hides by way of our adapter: the seed of an app, that of the recovery codes.
HIDDEN = ("secret", "seed")


def rotate() -> int:
    done = 0
    while some := key_store.rewrap_some():
        done += some
    return (
        done
        + sum(_seal_message(message) for message in Dispatch.objects.waiting().iterator())
        + sum(_seal_factors())
    )


def sealed_by() -> dict[str, int]:
    """How much each key still seals; also those that seal nothing and may go."""
    counts = Counter({pair.partition(":")[0]: 0 for pair in settings.FIELD_KEYS})
    counts.update(key_store.wrapped_by())
    counts.update(_name(sealed) for sealed in Dispatch.objects.waiting().values_list("sealed", flat=True))
    for factor in Authenticator.objects.iterator():
        counts.update(_name(text) for text in _hidden(factor).values())
    return dict(counts)


def _name(sealed: str) -> str:
    return sealed.partition(".")[0]


def _again(sealed: str, purpose: str) -> str:
    return sealing.seal(sealing.unseal(sealed, purpose), purpose)


def _seal_message(message: Dispatch) -> int:
    if sealing.is_up_to_date(message.sealed):
        return 0
    mine = Dispatch.objects.filter(pk=message.pk, sealed=message.sealed)
    return mine.update(sealed=_again(message.sealed, outbox.PURPOSE))


def _seal_factors() -> Iterator[int]:
    for key in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().filter(pk=key).first()
            old = _hidden(factor) if factor else {}
            new = {
                name: _again(text, PURPOSE) for name, text in old.items() if not sealing.is_up_to_date(text)
            }
            if factor and new:
                factor.data = {**factor.data, **new}
                factor.save(update_fields=["data"])
            yield int(bool(new))


def _hidden(factor: Authenticator) -> dict[str, str]:
    return {
        name: text for name, text in factor.data.items() if name in HIDDEN and isinstance(text, str) and text
    }
