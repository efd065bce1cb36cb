"""What the roof tells people: once a day, since nothing here is acute."""

from django.utils.translation import gettext_lazy as _

from boards.notices import register

register(
    "obligations_unanswered",
    sentence=_("%(board)s has obligations that are not answered"),
    why=_("You answer for the obligations of the organisation."),
    permission="edit_internal",
)
register(
    "obligation_not_verified",
    sentence=_("The city executive office could not verify an answer of %(board)s"),
    why=_("You answer for the obligations of the organisation."),
    permission="edit_internal",
)
