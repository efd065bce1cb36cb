from .audit import Event, Stream
from .boards import Area, Board, Sector, Succession, Unit
from .city import City
from .jobs import Heartbeat, Job
from .meetings import CouncilMeeting, MeetingDecision
from .offices import BoardGroupPermission, Membership, Office, OfficeHolder, OfficeType, StandIn, Training
from .people import User
from .requests import AccessRequest

__all__ = [
    "AccessRequest",
    "Area",
    "Board",
    "BoardGroupPermission",
    "City",
    "CouncilMeeting",
    "Event",
    "Heartbeat",
    "Job",
    "MeetingDecision",
    "Membership",
    "Office",
    "OfficeHolder",
    "OfficeType",
    "Sector",
    "StandIn",
    "Stream",
    "Succession",
    "Training",
    "Unit",
    "User",
]
