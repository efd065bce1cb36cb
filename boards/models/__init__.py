from .accounts import FactorReset, Invitation, KeptText, Throttle
from .areas import Area
from .audit import Event, EventQuerySet, Stream
from .boards import Board, Succession
from .city import City
from .jobs import Heartbeat, Job
from .meetings import CouncilMeeting, MeetingDecision
from .memberships import Membership
from .notices import Notice, NoticeStop
from .office_types import OfficeType
from .offices import BoardGroupPermission, Office, OfficeHolder
from .outbox import Dispatch
from .people import User
from .read_log import ReadLog
from .requests import AccessRequest
from .seals import Seal
from .stand_ins import StandIn, StandInOffice
from .texts import SiteText
from .trainings import Training
from .units import Sector, Unit

__all__ = [
    "AccessRequest",
    "Area",
    "Board",
    "BoardGroupPermission",
    "City",
    "CouncilMeeting",
    "Dispatch",
    "Event",
    "EventQuerySet",
    "FactorReset",
    "Heartbeat",
    "Invitation",
    "Job",
    "KeptText",
    "MeetingDecision",
    "Membership",
    "Notice",
    "NoticeStop",
    "Office",
    "OfficeHolder",
    "OfficeType",
    "ReadLog",
    "Seal",
    "Sector",
    "SiteText",
    "StandIn",
    "StandInOffice",
    "Stream",
    "Succession",
    "Throttle",
    "Training",
    "Unit",
    "User",
]
