"""The facts that an article can state: frozen values whose class and field names are the ontology's.

Field names are those of ``ontology/kg.ttl`` in snake case; a trailing underscore only avoids a Python keyword.
None, or an empty tuple, means that the article does not tell.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import ClassVar

from kg.article import EntityId

OFFICES = (
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "minister",
    "speaker",
    "ambassador",
    "org_head",
    "former",
    "official",
    "business",
)
MEETING_KINDS = ("summit", "council_session", "bilateral", "phone_call", "forum", "other")
EVENT_STATUSES = ("held", "planned", "cancelled")
VISIT_KINDS = ("state", "official", "working", "unspecified")
FLOWS = ("turnover", "export", "import", "investment", "contract", "loan")
QUALIFIERS = ("exact", "approx", "at_least", "at_most")
FIGURE_STATUSES = ("actual", "target")
AGREEMENT_KINDS = ("treaty", "memorandum", "declaration", "plan", "protocol", "contract", "package")
AGREEMENT_STATUSES = ("signed", "planned")
RELATION_KINDS = (
    "alliance",
    "strategic_partnership",
    "comprehensive_strategic_partnership",
    "enhanced_strategic_partnership",
    "diplomatic_relations",
)
TOPICS = (
    "trade",
    "investment",
    "industry",
    "energy",
    "water",
    "transport",
    "agriculture",
    "culture",
    "education",
    "science",
    "digital",
    "security",
    "tourism",
    "environment",
    "health",
    "finance",
    "migration",
)


@dataclass(frozen=True, order=True)
class When:
    """A date or a period with the precision that the text has: YYYY, YYYY-MM or YYYY-MM-DD, or from one to another.

    >>> When("2024")
    When(start='2024', end=None)
    >>> str(When("2024-01", "2024-06")), When("2024-02").latest, When("2024").earliest
    ('2024-01/2024-06', datetime.date(2024, 2, 29), datetime.date(2024, 1, 1))
    """

    start: str
    end: str | None = None

    def __str__(self) -> str:
        return f"{self.start}/{self.end}" if self.end else self.start

    @property
    def to_day(self) -> bool:
        """Whether the text tells days, and not a month or a year only."""
        return len(self.start) == len("2025-01-01")

    @property
    def earliest(self) -> date:
        """The first day that it can mean."""
        return _first_day(self.start)

    @property
    def latest(self) -> date:
        """The last day that it can mean."""
        return _last_day(self.end or self.start)


@lru_cache(maxsize=10_000)
def _first_day(text: str) -> date:
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


@lru_cache(maxsize=10_000)
def _last_day(text: str) -> date:
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Where an article states a fact: ``text[start:end]``, and the rule that read it.

    ``qualifier`` is how this place bounds the figure, ``speaker`` who says it there: a headline may round what the
    body qualifies, so each place keeps its own.
    """

    start: int
    end: int
    rule: str
    qualifier: str | None = None
    speaker: EntityId | None = None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that an article states. ``KEY`` names the fields that make two mentions the same fact."""

    KEY: ClassVar[tuple[str, ...]] = ()
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class Tenure(Fact):
    """That a person holds an office, of a state or an organisation."""

    KEY = ("member", "office", "of")
    member: EntityId
    office: str
    of: EntityId | None = None


@dataclass(frozen=True, kw_only=True)
class Meeting(Fact):
    """An encounter, summit, session, forum or call. Participants are states, persons and organisations."""

    KEY = ("date", "participant", "kind")
    kind: str
    participant: tuple[EntityId, ...]
    chair: tuple[EntityId, ...] = ()
    place: EntityId | None = None
    country: EntityId | None = None
    date: When | None = None
    ordinal: int | None = None
    body: EntityId | None = None
    status: str = "held"


@dataclass(frozen=True, kw_only=True)
class Visit(Fact):
    """A journey of a person, or of a state's delegation, to a state."""

    KEY = ("date", "visitor", "delegation_of", "destination")
    visitor: EntityId | None = None
    delegation_of: EntityId | None = None
    destination: EntityId
    kind: str = "unspecified"
    date: When | None = None
    status: str = "held"


@dataclass(frozen=True, kw_only=True)
class TradeVolume(Fact):
    """An amount of trade or investment in whole units of the currency; ``low`` and ``high`` bound it."""

    KEY = ("party", "from_", "to", "flow", "amount", "currency", "period", "status")
    party: tuple[EntityId, ...]
    from_: EntityId | None = None
    to: EntityId | None = None
    flow: str
    amount: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    currency: str | None = None
    period: When | None = None
    qualifier: str = "exact"
    status: str = "actual"


@dataclass(frozen=True, kw_only=True)
class Agreement(Fact):
    """A document signed, adopted or firmly to be signed; ``title`` as printed."""

    KEY = ("date", "party", "kind", "status")
    party: tuple[EntityId, ...]
    kind: str
    title: str | None = None
    date: When | None = None
    status: str = "signed"


@dataclass(frozen=True, kw_only=True)
class Relation(Fact):
    """A named relation between two states."""

    KEY = ("party", "kind")
    party: tuple[EntityId, EntityId]
    kind: str


@dataclass(frozen=True, kw_only=True)
class Statement(Fact):
    """A direct quotation with its speaker."""

    KEY = ("speaker", "text")
    speaker: EntityId
    text: str
    addressee: EntityId | None = None
    about: tuple[EntityId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Topic(Fact):
    """An area of cooperation that the article names."""

    KEY = ("topic",)
    topic: str


FACTS: tuple[type[Fact], ...] = (Tenure, Meeting, Visit, TradeVolume, Agreement, Relation, Statement, Topic)
