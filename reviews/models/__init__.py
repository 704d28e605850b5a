from reviews.models.action_plan import ActionPlan, Goal, GoalNote
from reviews.models.consensus import ConsensusPresence, ConsensusRating
from reviews.models.correction import CorrectedItem, Correction
from reviews.models.digest import Digest, DigestRefusal
from reviews.models.edition import Edition
from reviews.models.event import ReviewEvent
from reviews.models.evidence import EvidenceNote, Source
from reviews.models.facts import ItemFacts
from reviews.models.funding_threshold import FundingThreshold
from reviews.models.goal_reading import GoalReading
from reviews.models.influence import Adaptation, Influence
from reviews.models.moderation import Moderation, ModerationNote
from reviews.models.past_import import PastImport
from reviews.models.program_scale import ProgramScale
from reviews.models.rating import Rating, RatingConflict, RatingSet
from reviews.models.reply import ItemReply, ServiceReply
from reviews.models.result import Result
from reviews.models.review import Kind, Mode, Review, Stage
from reviews.models.shared_link import SharedLink, SharedLinkUse
from reviews.models.team import TeamMember
from reviews.models.visit import Activity, AgendaEntry, Deadline, TimetablePolicy, TimetableStep
from reviews.models.withdrawal import Withdrawal
from reviews.models.worksheet import Sheet, WorksheetRow

__all__ = [
    "ActionPlan",
    "Activity",
    "Adaptation",
    "AgendaEntry",
    "ConsensusPresence",
    "ConsensusRating",
    "CorrectedItem",
    "Correction",
    "Deadline",
    "Digest",
    "DigestRefusal",
    "Edition",
    "EvidenceNote",
    "FundingThreshold",
    "Goal",
    "GoalNote",
    "GoalReading",
    "Influence",
    "ItemFacts",
    "ItemReply",
    "Kind",
    "Mode",
    "Moderation",
    "ModerationNote",
    "PastImport",
    "ProgramScale",
    "Rating",
    "RatingConflict",
    "RatingSet",
    "Result",
    "Review",
    "ReviewEvent",
    "ServiceReply",
    "SharedLink",
    "SharedLinkUse",
    "Sheet",
    "Source",
    "Stage",
    "TeamMember",
    "TimetablePolicy",
    "TimetableStep",
    "Withdrawal",
    "WorksheetRow",
]
