"""What is kept of files that belong to a result."""

from __future__ import annotations

from datetime import date

from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.visit.attachment import Attachment, NamedFile, find_new

PHOTO = NamedFile(name="照片.jpg", sha256="a" * 64, size=3)
KEPT = Attachment(
    slot=Slot("2026-12/1"),
    entity=EntityId("E-1"),
    name=PHOTO.name,
    sha256=PHOTO.sha256,
    size=PHOTO.size,
    added_by="甲",
    day=date(2026, 12, 8),
)


def test_a_file_is_noted_once() -> None:
    """ATTACH-1, ATTACH-2: known by name and digest; one of the same name and other bytes, or the same under another name, is new."""
    other = NamedFile(name=PHOTO.name, sha256="b" * 64, size=4)
    renamed = NamedFile(name="副本.jpg", sha256=PHOTO.sha256, size=3)
    assert find_new((PHOTO, other, renamed, other), (KEPT,)) == (other, renamed)
    assert find_new((PHOTO, PHOTO), ()) == (PHOTO,)
    assert find_new((), (KEPT,)) == ()
