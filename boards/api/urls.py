"""Addresses of the API on this floor; the roof puts them under /api/v1/."""

from rest_framework.routers import SimpleRouter

from . import imports
from .events import EventRows
from .holders import MembershipRows, OfficeHolderRows
from .meetings import MeetingRows
from .organisations import BoardRows
from .verbs import changes

rows = SimpleRouter(use_regex_path=False)
rows.register("namnder", BoardRows, basename="api_board")
rows.register("roller", OfficeHolderRows, basename="api_office_holder")
rows.register("ledamoter", MembershipRows, basename="api_membership")
rows.register("moten", MeetingRows, basename="api_meeting")
rows.register("import", imports.ImportRows, basename="api_import")
rows.register("handelser", EventRows, basename="api_event")

urlpatterns = [*changes, *imports.changes, *rows.urls]
