"""What may stand in a service's way or help it: the domains and constructs of the updated CFIR, in plain words.

Source: Damschroder LJ, Reardon CM, Widerquist MAO, Lowery J. The updated Consolidated Framework for Implementation
Research based on user feedback. Implementation Science 2022;17:75. Names of domains and constructs are the framework's;
where it parts a construct, the parts stand here. The plain words beside each are this product's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

CITATION = (
    "Damschroder LJ, Reardon CM, Widerquist MAO, Lowery J. The updated Consolidated Framework for Implementation "
    "Research based on user feedback. Implementation Science 2022;17:75."
)


def _(text: str) -> str:
    """Mark a text for translation; `reviews.influences.words` puts it in the reader's language."""
    return text


@dataclass(frozen=True)
class Construct:
    """`plain`: what it is about, in the words of someone who works there."""

    code: str
    title: str
    plain: str


@dataclass(frozen=True)
class Domain:
    code: str
    title: str
    plain: str
    constructs: tuple[Construct, ...]


INNOVATION = Domain(
    "innovation",
    _("Innovation"),
    _("IPS itself, as people here see it"),
    (
        Construct("source", _("Source"), _("Who brought IPS here, and whether they are trusted")),
        Construct("evidence-base", _("Evidence base"), _("Whether people believe the research on IPS")),
        Construct(
            "relative-advantage",
            _("Relative advantage"),
            _("Whether IPS is seen as better than what was there before"),
        ),
        Construct("adaptability", _("Adaptability"), _("How far IPS can be fitted to this place")),
        Construct("trialability", _("Trialability"), _("Whether it could be tried on a small scale first")),
        Construct("complexity", _("Complexity"), _("How hard IPS is to do, with all its parts")),
        Construct("design", _("Design"), _("How well manuals, forms and training are made")),
        Construct("cost", _("Cost"), _("What it costs to begin IPS and to run it")),
    ),
)

OUTER_SETTING = Domain(
    "outer-setting",
    _("Outer setting"),
    _("What lies outside the service: money, law, employers, other services"),
    (
        Construct(
            "critical-incidents", _("Critical incidents"), _("Large events, such as a pandemic or a flood")
        ),
        Construct(
            "local-attitudes",
            _("Local attitudes"),
            _("What people nearby think of mental illness and of work"),
        ),
        Construct(
            "local-conditions", _("Local conditions"), _("Jobs, housing, transport and the economy nearby")
        ),
        Construct(
            "partnerships-and-connections",
            _("Partnerships and connections"),
            _("Ties with employers and with other services"),
        ),
        Construct(
            "policies-and-laws", _("Policies and laws"), _("Rules from outside, such as those on benefits")
        ),
        Construct("financing", _("Financing"), _("Money: how the service is paid for, and for how long")),
        Construct(
            "societal-pressure",
            _("Societal pressure"),
            _("The public or campaigns asking for such a service"),
        ),
        Construct("market-pressure", _("Market pressure"), _("Other providers, and competing for contracts")),
        Construct(
            "performance-measurement-pressure",
            _("Performance measurement pressure"),
            _("Targets and reports that funders ask for"),
        ),
    ),
)

INNER_SETTING = Domain(
    "inner-setting",
    _("Inner setting"),
    _("The service and the place it works in: records, staffing, teams, habits"),
    (
        Construct(
            "physical-infrastructure", _("Physical infrastructure"), _("The building, and who sits where")
        ),
        Construct(
            "information-technology-infrastructure",
            _("Information technology infrastructure"),
            _("Records and computers: who can read and write where"),
        ),
        Construct(
            "work-infrastructure",
            _("Work infrastructure"),
            _("Posts, caseloads, supervision, and how tasks are shared out"),
        ),
        Construct(
            "relational-connections",
            _("Relational connections"),
            _("How well people and teams here work together"),
        ),
        Construct(
            "communications", _("Communications"), _("How news and decisions reach those who need them")
        ),
        Construct(
            "human-equality-centeredness",
            _("Culture: human equality-centeredness"),
            _("Whether everyone is held to be of equal worth"),
        ),
        Construct(
            "recipient-centeredness",
            _("Culture: recipient-centeredness"),
            _("Whether work begins with what the person wants"),
        ),
        Construct(
            "deliverer-centeredness",
            _("Culture: deliverer-centeredness"),
            _("Whether staff are looked after and listened to"),
        ),
        Construct(
            "learning-centeredness",
            _("Culture: learning-centeredness"),
            _("Whether people may try things, and learn from what goes wrong"),
        ),
        Construct(
            "tension-for-change", _("Tension for change"), _("Whether things are felt to need changing")
        ),
        Construct("compatibility", _("Compatibility"), _("How IPS fits the way work is done here")),
        Construct("relative-priority", _("Relative priority"), _("How IPS ranks beside everything else")),
        Construct("incentive-systems", _("Incentive systems"), _("What is praised, counted or rewarded")),
        Construct(
            "mission-alignment",
            _("Mission alignment"),
            _("Whether employment is part of what this place is for"),
        ),
        Construct("funding", _("Available resources: funding"), _("Money within the service for IPS")),
        Construct("space", _("Available resources: space"), _("Rooms to meet, phone and write in")),
        Construct(
            "materials-and-equipment",
            _("Available resources: materials and equipment"),
            _("Phones, laptops, cars and forms"),
        ),
        Construct(
            "access-to-knowledge-and-information",
            _("Access to knowledge and information"),
            _("Training and advice on IPS, when they are needed"),
        ),
    ),
)

INDIVIDUALS = Domain(
    "individuals",
    _("Individuals"),
    _("The people in it: leaders, staff, and those who use the service"),
    (
        Construct(
            "high-level-leaders",
            _("High-level leaders"),
            _("Those at the top, who decide on money and policy"),
        ),
        Construct(
            "mid-level-leaders",
            _("Mid-level leaders"),
            _("Managers between the top and the teams"),
        ),
        Construct(
            "opinion-leaders", _("Opinion leaders"), _("Those whose word others follow, whatever their post")
        ),
        Construct(
            "implementation-facilitators",
            _("Implementation facilitators"),
            _("Trainers and advisers who help IPS along"),
        ),
        Construct("implementation-leads", _("Implementation leads"), _("The person who leads on IPS here")),
        Construct(
            "implementation-team-members",
            _("Implementation team members"),
            _("The group that sets IPS up and keeps it going"),
        ),
        Construct(
            "other-implementation-support",
            _("Other implementation support"),
            _("Clinicians and others who refer, back and advise"),
        ),
        Construct(
            "innovation-deliverers",
            _("Innovation deliverers"),
            _("Employment specialists and their team leader"),
        ),
        Construct(
            "innovation-recipients",
            _("Innovation recipients"),
            _("The people who want work, and their families"),
        ),
        Construct("need", _("Need"), _("What someone here lacks that IPS would give them")),
        Construct("capability", _("Capability"), _("What they know and can do")),
        Construct(
            "opportunity", _("Opportunity"), _("Whether they have the time, the say and the room to do it")
        ),
        Construct("motivation", _("Motivation"), _("Whether they want to")),
    ),
)

PROCESS = Domain(
    "process",
    _("Implementation process"),
    _("How IPS was begun here, and is kept going"),
    (
        Construct("teaming", _("Teaming"), _("Coming together to make IPS work, and knowing who does what")),
        Construct(
            "assessing-needs-of-deliverers",
            _("Assessing needs: innovation deliverers"),
            _("Asking staff what they need"),
        ),
        Construct(
            "assessing-needs-of-recipients",
            _("Assessing needs: innovation recipients"),
            _("Asking people who want work what they need"),
        ),
        Construct(
            "assessing-context",
            _("Assessing context"),
            _("Finding out beforehand what would help and hinder"),
        ),
        Construct("planning", _("Planning"), _("Agreeing beforehand on steps, tasks and dates")),
        Construct(
            "tailoring-strategies",
            _("Tailoring strategies"),
            _("Choosing ways to bring IPS in that suit this place"),
        ),
        Construct(
            "engaging-deliverers",
            _("Engaging: innovation deliverers"),
            _("Winning staff and teams for IPS"),
        ),
        Construct(
            "engaging-recipients",
            _("Engaging: innovation recipients"),
            _("Reaching people who may want work"),
        ),
        Construct("doing", _("Doing"), _("Making changes step by step, and trying them out")),
        Construct(
            "reflecting-on-implementation",
            _("Reflecting and evaluating: implementation"),
            _("Looking at how the change itself is going"),
        ),
        Construct(
            "reflecting-on-innovation",
            _("Reflecting and evaluating: innovation"),
            _("Looking at results, and telling others of them"),
        ),
        Construct("adapting", _("Adapting"), _("Changing IPS or the place so that the two fit")),
    ),
)

DOMAINS = (INNOVATION, OUTER_SETTING, INNER_SETTING, INDIVIDUALS, PROCESS)
CONSTRUCTS: Mapping[str, Construct] = {
    construct.code: construct for domain in DOMAINS for construct in domain.constructs
}
DOMAIN_OF: Mapping[str, Domain] = {
    construct.code: domain for domain in DOMAINS for construct in domain.constructs
}
