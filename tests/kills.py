"""Acts that are cut short at every moment: what the store holds afterwards is the state before or the state after.

``stop_at_each_point`` stops an act before its statements and before its commit, once by an error and once by a process that ends
on the spot; ``kill_at_moments`` kills processes from outside; ``race`` lets several act at once. Each takes any act: a function
of the store's address. A process is a fork of this one, so that its modules are loaded and the moment of the kill is the act's own.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn, TypeAlias

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.pool import NullPool

from inspect_cli.errors import InspectError
from inspect_cli.storage.address import parse_address
from tests.stores import copy_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked to be killed")

Act: TypeAlias = "Callable[[str], object]"
State: TypeAlias = dict[str, list[str]]
_DIED = 99


class Stopped(Exception):
    """The act was stopped here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Where and what: ``places`` makes addresses of empty places, ``prepare`` makes the store there, ``act`` is what may be stopped."""

    places: Callable[[], str]
    prepare: Act
    act: Act
    moulds: list[str] = field(default_factory=list)

    def begin(self) -> str:
        """Make a place, and the store there: prepared once, and copied each time."""
        if not self.moulds:
            self.moulds.append(self.places())
            self.prepare(self.moulds[0])
        url = self.places()
        if not copy_store(self.moulds[0], url):
            self.prepare(url)
        return url

    def ends(self) -> tuple[State, State]:
        """Find the state before the act and the state after it, which differ."""
        url = self.begin()
        before = read_state(url)
        self.act(url)
        after = read_state(url)
        assert before != after
        return before, after


def read_state(url: str) -> State:
    """Read everything that a store holds, rows in no order, but for what no two runs share: given-out numbers and the clock."""
    path = parse_address(url).path
    if path is not None and not path.exists():
        return {}
    with _engine(url).connect() as connection:
        return {name: _read_rows(connection, name) for name in inspect(connection).get_table_names()}


@lru_cache(8)
def _engine(url: str) -> Engine:
    return create_engine(parse_address(url).url, poolclass=NullPool)


def _read_rows(connection: Connection, name: str) -> list[str]:
    """Read a table as it is in the database, whatever the package thinks that it is."""
    found = connection.exec_driver_sql(f'SELECT * FROM "{name}"')  # noqa: S608 (a table's own name)
    # The number of an act or a notice is given out, wherever it is told again; in the log itself ``act`` is what was done.
    given = {"number", "clock", "added_by", "notice", "by"} | (set() if name == "act" else {"act"})
    wanted = [index for index, column in enumerate(found.keys()) if column not in given]
    return sorted(repr([row[index] for index in wanted]) for row in found)


def stop_at_each_point(scene: Scene, *, step: int = 1, repeat_last: bool = False) -> int:
    """Stop the act at every ``step``-th point in both ways, see that nothing of it is left, repeat it; give the number of points.

    With ``repeat_last`` all stops happen to one store, and the act is repeated after the last of them alone.
    """
    before, after = scene.ends()
    url = scene.begin()
    with _ticking(0, _raise) as points:
        scene.act(url)
    total = points[0]
    stops = range(1, total + 1, step)
    for point in stops:
        if point == 1 or not repeat_last:
            url = scene.begin()
        for stop in (_stop_by_error, _stop_by_death):
            stop(scene.act, url, point)
            assert read_state(url) == before, (point, stop.__name__)
        if point == stops[-1] or not repeat_last:
            scene.act(url)
            assert read_state(url) == after, point
    return total


def _stop_by_error(act: Act, url: str, point: int) -> None:
    with _ticking(point, _raise), pytest.raises(Stopped):
        act(url)


def _stop_by_death(act: Act, url: str, point: int) -> None:
    def die() -> NoReturn:
        os._exit(_DIED)

    def act_and_die(address: str) -> None:
        with _ticking(point, die):
            act(address)

    assert _wait(_fork(act_and_die, url)) == _DIED


def _raise() -> NoReturn:
    raise Stopped


@contextmanager
def _ticking(point: int, stop: Callable[[], NoReturn]) -> Iterator[list[int]]:
    """Count the moments before a statement and before a commit, and stop at number ``point`` (0: at none)."""
    seen = [0]

    def tick(*_values: object, **_named: object) -> None:
        seen[0] += 1
        if seen[0] == point:
            stop()

    event.listen(Engine, "before_cursor_execute", tick)
    event.listen(Engine, "commit", tick)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", tick)
        event.remove(Engine, "commit", tick)


def kill_at_moments(scene: Scene, count: int) -> int:
    """Kill the act at ``count`` moments spread over the time that it takes, repeat it; give how many were killed before their end."""
    before, after = scene.ends()
    duration = min(_time(scene) for _try in range(3))
    killed = 0
    for moment in range(count):
        url = scene.begin()
        child = _fork(scene.act, url)
        time.sleep(duration * moment / count)
        os.kill(child, signal.SIGKILL)
        killed += _wait(child) == -signal.SIGKILL
        assert read_state(url) in (before, after), moment
        scene.act(url)
        assert read_state(url) == after, moment
    return killed


def _time(scene: Scene) -> float:
    url = scene.begin()
    started = time.monotonic()
    assert run_apart(scene.act, url) == 0
    return time.monotonic() - started


def race(url: str, *acts: Act) -> tuple[int, ...]:
    """Let several processes act at once; give the exit status of each: 0, or that of the error's family."""
    starting, ready = os.pipe()
    children = []
    for act in acts:

        def wait_and_act(address: str, act: Act = act) -> None:
            os.close(ready)
            os.read(starting, 1)
            act(address)

        children.append(_fork(wait_and_act, url))
    os.close(starting)
    os.close(ready)  # The end of the pipe is the sign for all of them.
    return tuple(_wait(child) for child in children)


def run_apart(act: Act, url: str) -> int:
    """Act in a process of its own, which may give up its rights; give its exit status."""
    return _wait(_fork(act, url))


def _fork(act: Act, url: str) -> int:
    """Act in a process of its own, which ends with the status of the act's error and touches nothing of this one's."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        act(url)
        status = 0
    except InspectError as error:
        status = error.status
    finally:
        os._exit(status)


def _wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
