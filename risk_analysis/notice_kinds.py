"""What the analyses tell people: once a day, and never a word of what they say."""

from django.utils.translation import gettext_lazy as _

from boards.notices import register

register(
    "rsa_missing",
    sentence=_("The RSA of %(board)s is to be handed in no later than %(day)s"),
    why=_("You write or approve the analysis of the organisation."),
    permission="view_protected",
)
register(
    "purpose_waits",
    sentence=_("Somebody asks to read what many organisations have written, and needs a second person"),
    why=_("You are a second person when much is read together."),
    permission="view_protective_security",
)
