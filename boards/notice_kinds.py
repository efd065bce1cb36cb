"""What the ground floor tells people, and about which of it they are told at once.

The acute kinds of the city's programme (an incident, a level of crisis, a legal clock, an approval that is due) are
named by their own floors in the same way.
"""

from django.utils.translation import gettext_lazy as _

from .notices import register

# Letters about one's own account: written from templates, so only what they are and why is said here.
ACCOUNT = {
    "sentence": _("Your account: invitations, passwords, e-mail address and second factor"),
    "why": _("You have an account."),
    "acute": True,
    "needed": _("You must hear of it at once if somebody else uses your account."),
}
for letter in (
    "invitation",
    "email_confirm",
    "email_changed",
    "factor_changed",
    "factor_reset",
    "password_changed",
    "password_reset",
):
    register(letter, **ACCOUNT)

register(
    "break_glass",
    sentence=_("A reserve account was used"),
    why=_("You are the city's head of security."),
    acute=True,
    needed=_("It means that the ordinary way to sign in was passed by."),
    permission="review",
)
register(
    "access_asked",
    sentence=_("Somebody asks for access at %(board)s"),
    why=_("You answer requests for access."),
    permission="decide_access",
)
register(
    "access_answered",
    sentence=_("Your request for access at %(board)s is answered"),
    why=_("You have asked for access."),
)
register(
    "office_proposed",
    sentence=_("An appointment at %(board)s waits for a second person"),
    why=_("You approve appointments."),
    permission="manage_offices",
)
register(
    "office_approved",
    sentence=_("You have been appointed at %(board)s"),
    why=_("You have been appointed."),
)
register(
    "office_refused",
    sentence=_("An appointment that you proposed at %(board)s was not approved"),
    why=_("You have proposed somebody for an office."),
    permission="manage_offices",
)
register(
    "stand_in",
    sentence=_("Somebody acts for a colleague who is away: read who and when"),
    why=_("You are the deputy, or the manager of the one who is away."),
)
register("job_done", sentence=_("The work you asked for is done"), why=_("You asked for it."))
register("job_failed", sentence=_("The work you asked for could not be done"), why=_("You asked for it."))
register(
    "stand_in_decided",
    sentence=_("An answer about a deputy"),
    why=_("You are the deputy, or the manager of the one who is away."),
    acute=True,
    needed=_("You must know who does the work."),
)
