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

# The ladder of days (security_program.deadlines)
register(
    "deadline_obligations",
    sentence=_("Obligations of %(board)s are to be answered no later than %(day)s"),
    why=_("You answer for the obligations of the organisation."),
    permission="edit_internal",
)
register(
    "deadline_follow_up",
    sentence=_("A follow-up of %(board)s is to be handed in no later than %(day)s"),
    why=_("You write or approve the follow-up of the organisation."),
)
register(
    "deadline_rsa",
    sentence=_("The analysis of %(board)s is to be handed in no later than %(day)s"),
    why=_("You write or decide on the analysis of the organisation."),
)
register(
    "deadline_activity",
    sentence=_("An activity at %(board)s is to be done no later than %(day)s"),
    why=_("You are responsible for it."),
)
register(
    "deadline_instruction",
    sentence=_("An instruction is to be acknowledged at %(board)s no later than %(day)s"),
    why=_("You acknowledge instructions for the organisation."),
)
register(
    "deadline_passed",
    sentence=_("Something at %(board)s that was to be done by %(day)s is not done"),
    why=_("You answer for it, or for those who do."),
)
register(
    "adoption_asked",
    sentence=_("%(board)s is asked to adopt the programme"),
    why=_("You answer for the obligations of the organisation."),
    permission="edit_internal",
)
