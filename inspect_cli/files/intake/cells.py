"""The reading of one row's cells by field: what is wrong is noted with its place, and the row gives no value then.

What does not live here: where the rows come from (``table``), the walk over them (``rows``), and what a cell may say
(``core.registry.fields``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar, cast

from inspect_cli.errors import InputError, Message, Mistake, Position, say

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from inspect_cli.files.intake.headers import Columns
    from inspect_cli.files.intake.table import Table

T = TypeVar("T")
P = ParamSpec("P")

_MEMORY_LIMIT: Final = 4_096
"""How many different cells of a column are remembered, so that equal ones become one value."""
# A cell that holds nothing else is blank to whoever looks at it.
_INVISIBLE: Final = " \u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff"


class Cells:
    """One row's cells by field, one row after the other; what is wrong is noted, and the row gives no value then."""

    def __init__(self, table: Table, columns: Columns) -> None:
        """Stand before the first row."""
        self.table = table
        self._places = columns.places
        self._width = len(columns.header)
        self._nameless = tuple(
            place for place, header in enumerate(columns.header) if not header and place not in table.skipped
        )
        sheet = table.sheet
        self._labels = {field: headers[0] for field, headers in sheet.fields.items()}
        self._labels |= {field: columns.header[place] for field, place in columns.places.items()}
        self._memory: dict[str, dict[str, object]] = {field: {} for field in sheet.fields}
        self._seen: dict[tuple[str, Hashable], int] = {}
        self._told: set[tuple[str, Hashable]] = set()
        self._row = table.header_row
        self._cells: list[str] = []
        self.is_wrong = False
        self.mistakes: list[Mistake] = []
        self.notices: list[Mistake] = []

    def turn_to(self, row: int, cells: list[str]) -> None:
        """Take the next row."""
        self._row = row
        self._cells = cells
        self.is_wrong = False
        stray = cells[self._width :] + [cells[place] for place in self._nameless if place < len(cells)]
        for cell in stray:
            if cell.strip():
                self._note(
                    say("the value stands under no header"),
                    value=cell,
                    remedy=say("name the column, or put a cell that holds the separator in quotation marks"),
                )

    def has_column(self, field: str) -> bool:
        """Say whether the file has a column for the field."""
        return field in self._places

    def is_blank(self, field: str) -> bool:
        """Say whether the row says nothing under the field."""
        return self._find_text(field) is None

    def find(self, field: str, parse: Callable[[str], T]) -> T | None:
        """Return what the field's cell says; None when there is none, it is blank, or it is refused, which is noted.

        A field is always read by the same ``parse``: equal cells of a column give the same value, often the same object.
        """
        text = self._find_text(field)
        if text is None:
            return None
        memory = self._memory[field]
        if text in memory:
            return cast("T", memory[text])
        try:
            value = parse(text)
        except InputError as error:
            self.refuse(field, error)
            return None
        if len(memory) < _MEMORY_LIMIT:
            memory[text] = value
        return value

    def find_all(self, fields: tuple[str, ...], parse: Callable[[str], T]) -> dict[str, T | None]:
        """Return what the cells of several fields say that are read alike, by field."""
        return {field: self.find(field, parse) for field in fields}

    def require(self, field: str, parse: Callable[[str], T]) -> T | None:
        """Return what the field's cell says; None when it is blank or refused, which is noted."""
        if self.is_blank(field):
            self._note(say("the cell is empty"), field, remedy=say("fill it in"))
        return self.find(field, parse)

    def check(self, field: str, requirement: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Run a requirement of the rules, and note under ``field`` what it refuses."""
        try:
            requirement(*args, **kwargs)
        except InputError as error:
            self.refuse(field, error)

    def refuse(self, field: str, error: InputError) -> None:
        """Note what is wrong with the field's cell."""
        self._note(error.what, field, value=self._find_text(field), remedy=error.hint)

    def require_new(self, field: str, value: Hashable) -> None:
        """Note a mistake when an earlier row has the same value under the field."""
        first = self._seen.setdefault((field, value), self._row)
        if first != self._row:
            self._note(
                say("row {row} says the same", row=first),
                field,
                value=self._find_text(field),
                remedy=say("keep one of the two rows"),
            )

    def tell(self, field: str, what: Message) -> None:
        """Note something about this row that a person should know, and that is no mistake."""
        self.notices.append(Mistake(what=what, where=self._position(field), value=self._find_text(field)))

    def tell_once(self, field: str, value: Hashable, what: Message) -> None:
        """Note it for the first row with this value alone."""
        if (field, value) not in self._told:
            self._told.add((field, value))
            self.tell(field, what)

    def _find_text(self, field: str) -> str | None:
        place = self._places.get(field, self._width)
        if place >= min(self._width, len(self._cells)):
            return None
        text = self._cells[place].strip()
        return text if text.strip(_INVISIBLE) else None

    def _position(self, field: str | None) -> Position:
        return self.table.position(self._row, None if field is None else self._labels[field])

    def _note(
        self, what: Message, field: str | None = None, *, value: str | None = None, remedy: Message | None = None
    ) -> None:
        self.is_wrong = True
        self.mistakes.append(Mistake(what=what, where=self._position(field), value=value, remedy=remedy))
