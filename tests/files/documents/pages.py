"""A page as a reader sees it: its elements, its tables as rows of texts, and its text."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"br", "hr", "meta"}


class Page(HTMLParser):
    """Reads a page; ``elements`` are (tag, attributes), ``tables`` rows of cells, ``text`` all that is not style."""

    def __init__(self, html: str) -> None:
        """Read the page through."""
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.tables: list[list[list[str]]] = []
        self.comments: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and begin a table, a row or a cell."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be this one."""
        assert self._open.pop() == tag

    def handle_comment(self, data: str) -> None:
        """Keep a comment."""
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        """Keep text with its place."""
        if "style" in self._open:
            return
        self.text += data
        if {"td", "th"} & set(self._open):
            self.tables[-1][-1][-1] += data

    @property
    def tags(self) -> list[str]:
        """Give the elements' names in order."""
        return [tag for tag, _attributes in self.elements]

    def table(self, first_header: str, *, number: int = 0) -> list[list[str]]:
        """Give the rows beneath the header of a table that begins so."""
        return [table for table in self.tables if table[0][0] == first_header][number][1:]
