"""Is what was restored the installation that was backed up? Each question is asked of the real thing."""

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards import audit, verification
from boards.models import City, User
from boards.verbs import verb

from .facts import Facts, differences
from .sets import BackupSet


def faults(known: Facts) -> Iterator[str]:
    """What does not hold, in words."""
    yield from differences(known)
    log = verification.verify()
    if not log.is_whole:
        yield f"the log is not whole: {log}"
    if not somebody_can_sign_in():
        yield "nobody can sign in"


def somebody_can_sign_in() -> bool:
    """A person's own page opens, with everything that stands between; nothing of it is kept."""
    person = User.objects.active().order_by("pk").first()
    if person is None:
        return True
    with transaction.atomic():
        client = Client(headers={"host": settings.ALLOWED_HOSTS[0], "x-forwarded-proto": "https"})
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        answer = client.get(reverse("account_login"), secure=True)
        transaction.set_rollback(True)
    return answer.status_code == 302


@verb("city.restored", _("The installation was restored from the backup %(backup)s"))
def record_restored(source: BackupSet) -> None:
    """Said in the log itself, so that nobody wonders later what became of the hours after the backup."""
    if city := City.objects.here():
        audit.record("city.restored", city, by=None, backup=source.folder.name)
