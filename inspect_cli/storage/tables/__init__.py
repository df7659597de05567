"""The store's tables, a module a stage. Rows are storage only: SQLModel does not validate them, ``core`` does.

A table that holds a core value has columns with the names of the value's fields. Rules that a database can state are stated
again as constraints. A change here wants a new migration beside it; a test compares the two.
"""

from inspect_cli.storage.tables.act_log import ActRow
from inspect_cli.storage.tables.draws import DrawRow
from inspect_cli.storage.tables.imports import HeaderMapRow, TakenFileRow, ValueChangeRow
from inspect_cli.storage.tables.notices import NoticeEntryRow, NoticeRow, NoticeVersionRow
from inspect_cli.storage.tables.plans import AllowanceRow, YearPlanRow
from inspect_cli.storage.tables.registries import (
    BlackoutRow,
    EntityRow,
    InspectorRow,
    LeaveRow,
    LedgerRow,
    MatterRow,
    RecusalRow,
    YearNoticeRow,
)
from inspect_cli.storage.tables.results import AttachmentRow, FollowUpStepRow, OutcomeVersionRow
from inspect_cli.storage.tables.row import Row
from inspect_cli.storage.tables.visits import OutcomeRow, VisitChangeRow, VisitRow

__all__ = [
    "ActRow",
    "AllowanceRow",
    "AttachmentRow",
    "BlackoutRow",
    "DrawRow",
    "EntityRow",
    "FollowUpStepRow",
    "HeaderMapRow",
    "InspectorRow",
    "LeaveRow",
    "LedgerRow",
    "MatterRow",
    "NoticeEntryRow",
    "NoticeRow",
    "NoticeVersionRow",
    "OutcomeRow",
    "OutcomeVersionRow",
    "RecusalRow",
    "Row",
    "TakenFileRow",
    "ValueChangeRow",
    "VisitChangeRow",
    "VisitRow",
    "YearNoticeRow",
    "YearPlanRow",
]
