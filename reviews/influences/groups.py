"""The page of barriers, facilitators and adaptations: what stands under which domain, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviews.influences import words
from reviews.influences.cfir import CONSTRUCTS, DOMAIN_OF, DOMAINS
from reviews.models import Influence


@dataclass(frozen=True)
class Noted:
    """A barrier or facilitator with what it is about: in plain words, and by the framework's name."""

    record: Influence
    plain: str
    title: str


@dataclass(frozen=True)
class DomainRows:
    code: str
    title: str
    plain: str
    barriers: tuple[Noted, ...]
    facilitators: tuple[Noted, ...]

    def __bool__(self) -> bool:
        return bool(self.barriers or self.facilitators)


def noted(record: Influence) -> Noted:
    return Noted(
        record, words.construct_in_plain_words(record.construct), words.construct_title(record.construct)
    )


def by_domain(records: Iterable[Influence]) -> list[DomainRows]:
    """All five domains in the framework's order, within each by construct, then as they were written."""
    order = list(CONSTRUCTS)
    rows = sorted(records, key=lambda one: order.index(one.construct))
    return [
        DomainRows(
            code=domain.code,
            title=words.domain_title(domain.code),
            plain=words.domain_in_plain_words(domain.code),
            barriers=_of(rows, domain, Influence.Kind.BARRIER),
            facilitators=_of(rows, domain, Influence.Kind.FACILITATOR),
        )
        for domain in DOMAINS
    ]


def _of(rows: Sequence[Influence], domain, kind: Influence.Kind) -> tuple[Noted, ...]:
    return tuple(
        noted(record) for record in rows if DOMAIN_OF[record.construct] is domain and record.kind == kind
    )
