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
register(
    "rsa_with_chief",
    sentence=_("An analysis of %(board)s waits for your decision"),
    why=_("You decide on the analysis of the organisation."),
    permission="approve",
)
register(
    "rsa_given_back",
    sentence=_("The head has given an analysis of %(board)s back to be changed"),
    why=_("You write the analysis of the organisation."),
    permission="edit_protected",
)
register(
    "rsa_fixed",
    sentence=_("The head has decided on an analysis of %(board)s, so that it can be handed in"),
    why=_("You write the analysis of the organisation."),
    permission="edit_protected",
)
register(
    "rsa_answered",
    sentence=_("The city executive office has answered about an analysis of %(board)s"),
    why=_("You write or decide on the analysis of the organisation."),
)
register(
    "rsa_to_register",
    sentence=_("An analysis of %(board)s has been handed in and waits for a diary number"),
    why=_("You keep the registry of the organisation."),
    permission="register",
)
