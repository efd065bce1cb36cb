"""The rows of an analysis as tables for Excel, and the way back in."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.access import SignedInRequest

from ..sheet_tables import READ_BACK, TABLES
from .finding import find, may_write


@require_safe
def rsa_table(request: SignedInRequest, cycle: str, slug: str, what: str) -> HttpResponse:
    """Commitments, risks, dependencies or measures, in the columns that a file is read back by."""
    if what not in TABLES:
        raise Http404
    rsa = find(request, cycle, slug)
    table_class = TABLES[what]
    table = table_class(request, table_class.rows_of(rsa), file_name=f"{what}-{cycle}-{slug}")
    if file := table.download():
        return file
    facts = {
        "rsa": rsa,
        "board": rsa.board,
        "table": table,
        "what": what,
        "tables": [(name, each.caption) for name, each in TABLES.items()],
        "reads": READ_BACK.get(what, "") if may_write(request, rsa) else "",
    }
    return render(request, "risk_analysis/rsa_table.html", facts)
