"""What the public may see of a draw, as values: a notice is rendered from one of these views and from nothing else.

What does not live here: the lines of its tables (``lines``), making a view from what was frozen (``notice``), and the words around it
(``templates/notices``).

Rules:

PUBLISH-1  No view or line has a place for a telephone or address of a company, a contact, an inspector, a recusal, a complaint's source, a
           finding or a follow-up: what may never be public cannot be put into a notice by mistake.
PUBLISH-2  A company is named only where its visit is recorded; a planned or open visit is a number. No view has a planned day.
PUBLISH-3  The draw's notice names companies only where the plan says so, and then only those of PUBLISH-2.
PUBLISH-4  Every view carries where anybody complains, and what anybody needs to verify the draw.
PUBLISH-5  A void draw says that it is void wherever it is shown.

The rules of a chain (PUBLISH-10 to PUBLISH-12) stand in ``chain``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.publish.lines import StubLine

if TYPE_CHECKING:
    from datetime import date, datetime

    from inspect_cli.core.draw.promise import Promise, SourceKind
    from inspect_cli.core.names import Slot
    from inspect_cli.core.publish.lines import (
        ClassLine,
        DomainLine,
        ExclusionLine,
        LimitLine,
        Month,
        Progress,
        PublicCompany,
        QuotaLine,
        ResultLine,
        Term,
    )
    from inspect_cli.core.visit.result import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """When something was done by the machine's clock (aware); ``day`` is the day that its rules used, where that is another."""

    at: datetime
    day: date | None = None

    @property
    def on(self) -> date:
        """Give the day that the rules used."""
        return self.day or self.at.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes, and where anybody complains."""

    name: Label
    telephone: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What made a later version of a notice: when, what kind of change, and the number of its notice ("" for the end of its term)."""

    day: date
    action: Label
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainHead:
    """What a notice begins with that is not about one draw: as ``Head``."""

    publisher: Publisher
    number: str = ""
    signed: date | None = None
    amendments: tuple[Amendment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMatter:
    """A matter of the plan, by its number on the published list."""

    id: str
    name: str
    domain: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPlan:
    """The plan that a draw follows; ``digest`` is the SHA-256 of its file."""

    name: str
    digest: str
    is_targeted: bool
    matters: tuple[PublicMatter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenList:
    """One list of the frame: how many rows, and the root over them."""

    count: int
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFrame:
    """The three lists that were frozen."""

    entities: FrozenList
    inspectors: FrozenList
    excluded: FrozenList


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnAgain:
    """How many visits a supplement draws again, by what changed: somebody left, the day cannot be kept, the visit was open."""

    left: int
    closed: int
    open: int

    @property
    def visits(self) -> int:
        """Say how many in all."""
        return self.left + self.closed + self.open


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """One draw of a chain: when its commitment was made, its digest, how far it has come; ``again`` None: it is the first."""

    slot: Slot
    made: Stamp
    commitment: str
    state: Label
    is_void: bool
    again: DrawnAgain | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainView:
    """A first draw (``first``) and its supplements in order, void ones among them."""

    first: Slot
    links: tuple[ChainLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What all notices of a draw begin with. ``made`` is when the commitment was made; ``commitment`` is its digest.

    ``again`` is None for a first draw; ``chain`` is None where the draw stands alone; ``provisional_years`` are those whose working
    days were a bureau's own expectation when this was committed. ``number`` is the document number and ``signed`` the day of
    publication; a draft has neither. ``amendments`` are what made later versions of the notice.
    """

    publisher: Publisher
    slot: Slot
    month: Month
    plan: PublicPlan
    made: Stamp
    commitment: str
    frame: PublicFrame
    protocol: str
    software: str
    void_reason: str | None
    again: DrawnAgain | None
    chain: ChainView | None
    provisional_years: tuple[int, ...]
    number: str = ""
    signed: date | None = None
    amendments: tuple[Amendment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSource:
    """One promised source of the seed, all of it public; ``value`` is None until it is known."""

    kind: SourceKind
    kind_label: Label
    promise: Promise
    at: datetime
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentView:
    """Notice ③, the commitment (种子承诺公告): all that was fixed before the seed exists."""

    head: Head
    quotas: tuple[QuotaLine, ...]
    domains: tuple[DomainLine, ...]
    limits: tuple[LimitLine, ...]
    allowances: int
    sources: tuple[PublicSource, ...]
    last_source: datetime
    team_min: int
    team_max: int
    expert_domains: tuple[Label, ...]
    checks_all: bool
    first_day: date
    last_day: date
    working_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawView:
    """Notice ④, the draw (抽取结果公告). ``companies`` is empty unless the plan publishes names (``names_published``).

    ``open`` counts the visits that the draw could give no day or team. A company that is no longer shown is a stub.
    """

    head: Head
    drawn_at: Stamp
    place: str | None
    witnesses: tuple[str, ...]
    quotas: tuple[QuotaLine, ...]
    domains: tuple[DomainLine, ...]
    exclusions: tuple[ExclusionLine, ...]
    limits: tuple[LimitLine, ...]
    allowances: int
    sources: tuple[PublicSource, ...]
    seed: str
    seed_command: str
    result: str
    checks_all: bool
    visits: int
    open: int
    checks: int
    names_published: bool
    companies: tuple[PublicCompany | StubLine, ...]

    @property
    def named(self) -> int:
        """Say how many companies it names still."""
        return sum(not isinstance(company, StubLine) for company in self.companies)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """Notice ⑤, the results (抽查检查结果公告) of a chain: the visits that it lists by name, all others of the chain as numbers.

    ``classes`` counts the lines that are shown; ``earlier`` are the document numbers of the notices that listed others before.
    """

    head: Head
    drawn_at: Stamp
    until: date
    rows: tuple[ResultLine | StubLine, ...]
    classes: tuple[ClassLine, ...]
    progress: Progress
    term: Term
    earlier: tuple[str, ...] = ()
