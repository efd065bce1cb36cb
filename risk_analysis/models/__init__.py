from .analyses import Rsa
from .capabilities import Capability
from .commitments import Commitment
from .considered import Considered
from .continuity import ContinuityPlan
from .cycles import RsaCycle
from .dependencies import Dependency, DependencyAnswer, Supplier
from .items import Item
from .measures import Measure
from .methods import FIELDS, SCALES, MethodVersion
from .papers import RsaPaper
from .purposes import Purpose
from .questions import QuestionHandled
from .reminders import RsaReminder
from .reviews import Remark, Reviewer, RsaComment, RsaStep
from .risks import Acceptance, Risk, Vulnerability
from .snapshots import Snapshot
from .themes import RiskTheme, ThemedRisk

__all__ = [
    "FIELDS",
    "SCALES",
    "Acceptance",
    "Capability",
    "Commitment",
    "Considered",
    "ContinuityPlan",
    "Dependency",
    "DependencyAnswer",
    "Item",
    "Measure",
    "MethodVersion",
    "Purpose",
    "QuestionHandled",
    "Remark",
    "Reviewer",
    "Risk",
    "RiskTheme",
    "Rsa",
    "RsaComment",
    "RsaCycle",
    "RsaPaper",
    "RsaReminder",
    "RsaStep",
    "Snapshot",
    "Supplier",
    "ThemedRisk",
    "Vulnerability",
]
