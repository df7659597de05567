"""Why the system refuses a file, as a person reads it."""

from __future__ import annotations

import errno
import os

import pytest

from inspect_cli import language
from inspect_cli.errors import say
from inspect_cli.files.system_words import say_reason
from inspect_cli.language import translate


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EISDIR, errno.EACCES, errno.ENOSPC, errno.EEXIST])
def test_common_reasons_are_in_the_language_of_the_screen(number: int) -> None:
    """The system's own words, which are English on most servers, do not stand on a Chinese screen."""
    language.settle("zh")
    told = translate(say("{reason}", reason=say_reason(OSError(number, os.strerror(number)))))
    assert told
    assert not told.isascii()


def test_other_reasons_are_as_the_system_says_them() -> None:
    """A reason that is not listed is not lost; one without words is named by its kind."""
    assert say_reason(OSError(errno.EXDEV, "across devices")) == "across devices"
    assert say_reason(ValueError("embedded null byte")) == "embedded null byte"
    assert say_reason(OSError()) == "OSError"
