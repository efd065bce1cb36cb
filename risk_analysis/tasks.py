"""The kinds of work of this floor."""

from django.utils.translation import gettext_lazy as _

from boards.kinds import kind
from boards.models import Job

from . import papers
from .models.papers import KIND


@kind(
    KIND,
    label=_("The analysis as a PDF"),
    steps={
        "gather": _("Gathers the facts"),
        "print": _("Prints the PDF"),
        "publish": _("Files the document"),
    },
    permission="view_protected",
    opens=papers.where,
)
def rsa_paper(job: Job) -> None:
    papers.print_paper(job)
