"""The reading of one row's cells by field: what is wrong is noted with its place, and the row gives no value then.

What does not live here: where the rows come from (``table``), the walk over them (``rows``), and what a cell may say
(``core.registry.fields``).
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeAlias, TypeVar

from inspect_cli.core.glyphs import drop_invisible
from inspect_cli.core.registry.fields import PLACEHOLDERS, is_nothing, require_value
from inspect_cli.errors import InputError, Message, Mistake, Position, say
from inspect_cli.files.intake.letters import column_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from inspect_cli.files.intake.headers import Columns
    from inspect_cli.files.intake.table import Table

T = TypeVar("T")
P = ParamSpec("P")

Plan: TypeAlias = "tuple[tuple[str, Callable[[str], object]], ...]"
"""Fields of a sheet, each with what reads its cells."""

NOTICE_LIMIT: Final = 1_000
"""How many things to know about a file's rows are kept; the others are counted."""
_MEMORY_LIMIT: Final = 16_384
"""How many different cells of a column are remembered, so that equal ones become one value."""
# A cell that holds nothing else is blank to whoever looks at it.
_INVISIBLE: Final = " \u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff"
_SILENT: Final = frozenset(_INVISIBLE + PLACEHOLDERS)
# With any other character a cell neither says nothing nor shows a spreadsheet's error.
_SUSPECT: Final = _SILENT | frozenset("#E")


class _Refused:
    """Stands among a column's values where a cell was refused."""

    __slots__ = ("error",)

    def __init__(self, error: InputError) -> None:
        self.error = error


class _Memory(dict[str, object]):
    """What the cells of one column say: equal cells are read once and become one value, as far as the memory reaches."""

    def __init__(self, parse: Callable[[str], object]) -> None:
        """Begin with nothing read; ``parse`` reads a cell that is not blank."""
        super().__init__()
        self._parse = parse
        self.has_refused = False

    def __missing__(self, cell: str) -> object:
        text = cell.strip()
        first = text[:1]
        value: object = None
        if first and ((first not in _SUSPECT and first.isprintable()) or not is_blank_text(text)):
            try:
                if first in _SUSPECT:
                    require_value(text)
                value = self._parse(text)
            except InputError as error:
                value = _Refused(error)
                self.has_refused = True
        if len(self) < _MEMORY_LIMIT:
            self[cell] = value
        return value


class Cells:
    """The cells of row after row by field; what is wrong is noted, and the row gives no value then.

    Rows come in batches, whose columns are read as a whole when a row first asks for one of their cells.
    """

    def __init__(self, table: Table, columns: Columns) -> None:
        """Stand before the first row; ``is_1904`` is the book's, ``former`` the key under which this row's value was known before."""
        self.table = table
        self._places = columns.places
        self._width = len(columns.header)
        self._nameless = tuple(place for place, header in enumerate(columns.header) if not header)
        self._labels = {field: headers[0] for field, headers in table.sheet.fields.items()}
        self._labels |= {field: columns.header[place] for field, place in columns.places.items()}
        self._memories: dict[str, _Memory] = {}
        self._seen: dict[str, dict[Hashable, int]] = {}
        self._told: set[tuple[str, Hashable]] = set()
        self._told_places = set(table.skipped)
        self._row = table.header_row
        self._index = 0
        self._numbers: Sequence[int] = ()
        self._columns: list[tuple[str, ...]] = []
        self._values: dict[str, Sequence[Any]] = {}
        self._sound: set[str] = set()  # Columns of the batch that are read and hold nothing refused.
        self._planned: Sequence[tuple[Any, ...]] | None = None
        self._stray: dict[int, list[str]] = {}
        self._noted: set[str] = set()
        self._order = {label: place for place, label in enumerate(columns.header)}
        self._first = 0
        self.is_1904 = False
        self.former: Hashable = None
        self.is_wrong = False
        self.mistakes: list[Mistake] = []
        self.notices: list[Mistake] = []
        self.further_notices = 0

    def take(self, rows: Sequence[tuple[int, list[str]]]) -> range:
        """Take the next batch of rows, and give the places to turn to, one after the other."""
        width = self._width
        self._values = {}
        self._sound = set()
        self._planned = None
        self._stray = {}
        self._numbers = [number for number, _cells in rows]
        fitting = [
            cells if len(cells) == width and not self._nameless else self._fit(index, cells)
            for index, (_number, cells) in enumerate(rows)
        ]
        self._columns = list(zip(*fitting, strict=True))
        return range(len(rows))

    def turn_to(self, index: int) -> None:
        """Stand before a row of the batch."""
        self._index = index
        self._row = self._numbers[index]
        self.former = None
        self.is_wrong = False
        self._noted.clear()
        self._first = len(self.mistakes)
        for cell in self._stray.get(index, ()):
            self._note(
                say("the value stands under no header"),
                value=cell,
                remedy=say("name the column, or put a cell that holds the separator in quotation marks"),
            )

    def order_mistakes(self) -> None:
        """Put the mistakes of the row into the order of its columns, those of no column last."""
        if len(self.mistakes) - self._first > 1:
            last = len(self._order)
            self.mistakes[self._first :] = sorted(
                self.mistakes[self._first :], key=lambda mistake: self._order.get(mistake.where.column or "", last)
            )

    def has_column(self, field: str) -> bool:
        """Say whether the file has a column for the field."""
        return field in self._places

    def columns(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return each field with its header and the batch's cells as they stand, in the order of the file."""
        ordered = sorted(self._places.items(), key=itemgetter(1))
        return [(field, self._labels[field], self._columns[place]) for field, place in ordered]

    def is_blank(self, field: str) -> bool:
        """Say whether the row says nothing under the field."""
        return self.text(field) is None

    def text(self, field: str) -> str | None:
        """Return what stands under the field, without white space around it; None where that is nothing."""
        place = self._places.get(field)
        if place is None:
            return None
        text = self._columns[place][self._index].strip()
        return None if is_blank_text(text) else text

    def find(self, field: str, parse: Callable[[str], T]) -> T | None:
        """Return what the field's cell says; None when there is none, it is blank, or it is refused, which is noted.

        A field is always read by the same ``parse``: equal cells of a column give the same value, often the same object.
        """
        values = self._values.get(field) or self._read_column(field, parse)
        value: T | _Refused | None = values[self._index]
        if isinstance(value, _Refused):
            if field not in self._noted:  # However often a builder asks.
                self._noted.add(field)
                self.refuse(field, value.error)
            return None
        return value

    def find_all(self, fields: tuple[str, ...], parse: Callable[[str], T]) -> dict[str, T | None]:
        """Return what the cells of several fields say that are read alike, by field."""
        columns, index = self._values, self._index
        if self._sound.issuperset(fields):
            return {field: columns[field][index] for field in fields}
        return {field: self.find(field, parse) for field in fields}

    def find_each(self, plan: Plan) -> tuple[Any, ...]:
        """Return what the cells of several fields say, each by its own ``parse``, as ``find`` does: for all rows by the same plan.

        Where a batch has nothing refused in these columns, a row costs no more than one cell.
        """
        if self._planned is None:
            columns = [self._values.get(field) or self._read_column(field, parse) for field, parse in plan]
            is_sound = self._sound.issuperset(field for field, _parse in plan)
            self._planned = list(zip(*columns, strict=True)) if is_sound else ()
        if self._planned:
            return self._planned[self._index]
        return tuple(self.find(field, parse) for field, parse in plan)

    def require(self, field: str, parse: Callable[[str], T]) -> T | None:
        """Return what the field's cell says; None when it is blank or refused, which is noted."""
        value = self.find(field, parse)
        if value is None and self.is_blank(field):
            self._note(say("the cell is empty"), field, remedy=say("fill it in"))
        return value

    def check(self, field: str, requirement: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Run a requirement of the rules, and note under ``field`` what it refuses."""
        try:
            requirement(*args, **kwargs)
        except InputError as error:
            self.refuse(field, error)

    def refuse(self, field: str, error: InputError) -> None:
        """Note what is wrong with the field's cell."""
        self._note(error.what, field, value=self.text(field), remedy=error.hint)

    def require_new(self, field: str, value: Hashable) -> None:
        """Note a mistake when an earlier row has the same value under the field."""
        seen = self._seen.get(field)
        if seen is None:
            seen = self._seen[field] = {}
        first = seen.setdefault(value, self._row)
        if first != self._row:
            self._note(
                say("row {row} says the same", row=first),
                field,
                value=self.text(field),
                remedy=say("keep one of the two rows"),
            )

    def tell(self, field: str, what: Message) -> None:
        """Note something about this row that a person should know, and that is no mistake."""
        if len(self.notices) < NOTICE_LIMIT:
            self.notices.append(Mistake(what=what, where=self._position(field), value=self.text(field)))
        else:
            self.further_notices += 1

    def tell_once(self, field: str, value: Hashable, what: Message) -> None:
        """Note it for the first row with this value alone."""
        if (field, value) not in self._told:
            self._told.add((field, value))
            self.tell(field, what)

    def _fit(self, index: int, cells: list[str]) -> list[str]:
        """Bring a row to the header's width. What stands beyond it in a text is kept to be told, for a separator may have moved the row."""
        width = self._width
        if self.table.grid.name is None:
            stray = [cell for cell in cells[width:] if cell.strip()]
            if stray:
                self._stray[index] = stray
            self._tell_nameless(index, cells, self._nameless)
        else:
            self._tell_nameless(index, cells, (*self._nameless, *range(width, len(cells))))
        return cells[:width] + [""] * (width - len(cells))

    def _tell_nameless(self, index: int, cells: list[str], places: Iterable[int]) -> None:
        """Note, once for each column without a header, that something stands in it."""
        for place in places:
            if place < len(cells) and place not in self._told_places and cells[place].strip():
                self._told_places.add(place)
                what = say("the column {column} has no header, and is left out", column=column_letters(place))
                where = self.table.position(self._numbers[index])
                self.notices.append(Mistake(what=what, where=where, value=cells[place].strip()))

    def _read_column(self, field: str, parse: Callable[[str], object]) -> Sequence[Any]:
        place = self._places.get(field)
        values: list[object] = [None] * len(self._numbers)
        is_sound = True
        if place is not None:
            memory = self._memories.get(field)
            if memory is None:
                memory = self._memories[field] = _Memory(parse)
            values = list(map(memory.__getitem__, self._columns[place]))
            is_sound = not memory.has_refused or _Refused not in map(type, values)
        if is_sound:
            self._sound.add(field)
        self._values[field] = values
        return values

    def _position(self, field: str | None) -> Position:
        return self.table.position(self._row, None if field is None else self._labels[field])

    def _note(
        self, what: Message, field: str | None = None, *, value: str | None = None, remedy: Message | None = None
    ) -> None:
        self.is_wrong = True
        self.mistakes.append(Mistake(what=what, where=self._position(field), value=value, remedy=remedy))


def is_blank_text(text: str) -> bool:
    """Say whether a text without white space around it says nothing: it is empty, invisible, or a placeholder such as a dash."""
    if text and (text[0] in _SILENT or not text[0].isprintable()):
        return not drop_invisible(text).strip(_INVISIBLE) or is_nothing(text)
    return not text
