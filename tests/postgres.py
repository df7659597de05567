"""The databases of the store's tests: an SQLite file, and a schema of its own on a PostgreSQL server.

The server is the one that ``INSPECT_TEST_POSTGRES`` names; else a throwaway one is started from the machine's binaries; else
the PostgreSQL half of the tests is skipped, or fails when ``INSPECT_REQUIRE_POSTGRES=1`` says that it must run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import zlib
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.schemas import empty_schema, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SERVER_USERS = ("postgres", "nobody")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL database in which schemas may be made; skips the test when there is no server."""
    named = os.environ.get("INSPECT_TEST_POSTGRES")
    if named:
        address = named.replace("postgresql+psycopg://", "postgresql://")
        with opened(address):
            yield address
        return
    binaries = _binaries()
    if binaries is None:
        if os.environ.get("INSPECT_REQUIRE_POSTGRES") == "1":
            pytest.fail(
                "INSPECT_REQUIRE_POSTGRES=1, but neither INSPECT_TEST_POSTGRES nor PostgreSQL's binaries were found"
            )
        pytest.skip("no PostgreSQL: set INSPECT_TEST_POSTGRES to a database's address, or install its server")
    with _throwaway_server(binaries) as address, opened(address):
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def store_places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Make the addresses of empty places for stores, as many as are asked for, once on each kind of database."""
    numbers = count(1)
    if request.param == "sqlite":
        yield lambda: f"sqlite:///{tmp_path / f'inspect-{next(numbers)}.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"t{os.getpid()}_{zlib.crc32(os.fsencode(tmp_path)):x}"
    with ExitStack() as schemas:
        yield lambda: schemas.enter_context(empty_schema(server, f"{name}_{next(numbers)}"))


@pytest.fixture
def store_url(store_places: Callable[[], str]) -> str:
    """Make the address of one empty place for a store, once on each kind of database; ``make_store`` or ``Store.create`` it first."""
    return store_places()


def _binaries() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return installed[-1].parent if installed else None


@contextmanager
def _throwaway_server(binaries: Path) -> Iterator[str]:
    """Start a server that listens on a socket in a folder of its own only, and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    user = _server_user(folder)
    cluster = folder / "cluster"
    # No power cut happens here: the disk need not be waited for, and nothing be kept to mend it with.
    careless = (
        "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0"
    )
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} {careless} -c timezone=UTC"
    control = [str(binaries / "pg_ctl"), "-D", str(cluster), "-s", "-w"]
    try:
        _run(
            [
                str(binaries / "initdb"),
                "-D",
                str(cluster),
                "-U",
                "tests",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
            user,
        )
        _run([*control, "-l", str(folder / "log"), "-o", settings, "start"], user)
        try:
            yield f"postgresql://tests@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _server_user(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then another user owns the folder and runs the server."""
    if os.geteuid() != 0:
        return None
    for user in SERVER_USERS:
        try:
            shutil.chown(folder, user)
        except LookupError:
            continue
        return user
    pytest.fail("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


def _run(command: list[str], user: str | None) -> None:
    done = subprocess.run(
        command, user=user, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
