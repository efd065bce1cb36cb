from .accounts import FactorReset, Invitation, KeptText, Throttle
from .answered import AnsweredForm
from .areas import Area
from .audit import Event, EventQuerySet, Stream
from .board_permissions import BoardGroupPermission
from .board_sheets import BoardSheet
from .boards import Board, Succession
from .city import City
from .discardable import Discardable
from .documents import Document, DocumentVersion
from .drafts import Draft
from .imports import Import, ImportedChange
from .jobs import Heartbeat, Job
from .meetings import CouncilMeeting, MeetingDecision
from .memberships import Membership
from .notices import Notice, NoticeStop
from .office_types import OfficeType
from .offices import Office, OfficeHolder
from .outbox import Dispatch
from .people import User
from .read_log import ReadLog
from .requests import AccessRequest
from .seals import Seal
from .stand_ins import StandIn, StandInOffice
from .texts import SiteText
from .tokens import ApiToken
from .trainings import Training
from .units import Sector, Unit
from .versioned import ChangedMeanwhileError, Versioned

__all__ = [
    "AccessRequest",
    "AnsweredForm",
    "ApiToken",
    "Area",
    "Board",
    "BoardGroupPermission",
    "BoardSheet",
    "ChangedMeanwhileError",
    "City",
    "CouncilMeeting",
    "Discardable",
    "Dispatch",
    "Document",
    "DocumentVersion",
    "Draft",
    "Event",
    "EventQuerySet",
    "FactorReset",
    "Heartbeat",
    "Import",
    "ImportedChange",
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
    "Versioned",
]
