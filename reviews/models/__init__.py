from reviews.models.consensus import ConsensusRating
from reviews.models.edition import Edition
from reviews.models.event import ReviewEvent
from reviews.models.facts import ItemFacts
from reviews.models.rating import Rating, RatingConflict, RatingSet
from reviews.models.review import Kind, Mode, Review, Stage
from reviews.models.team import TeamMember

__all__ = [
    "ConsensusRating",
    "Edition",
    "ItemFacts",
    "Kind",
    "Mode",
    "Rating",
    "RatingConflict",
    "RatingSet",
    "Review",
    "ReviewEvent",
    "Stage",
    "TeamMember",
]
