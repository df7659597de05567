"""The one-file verifier as the tests load it, and small files of a draw to show it."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "templates" / "verify" / "verify.py"
VECTORS = ROOT / "tests" / "vectors"
BEYOND = ("SIGN-1", "ORDER-1")


def load() -> ModuleType:
    """Load the program as a module of its own name; it is no part of the package."""
    if "verify_file" in sys.modules:
        return sys.modules["verify_file"]
    spec = importlib.util.spec_from_file_location("verify_file", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    sys.modules["verify_file"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


program = load()


def read_folder(folder: Path) -> dict[str, bytes]:
    """Read the members of a vector."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != "expect.txt"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def write_folder(folder: Path, members: dict[str, bytes]) -> Path:
    """Write members as a folder."""
    for name, data in members.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def verdicts(path: Path) -> dict[str, str]:
    """Verify a file in this process, and give the verdicts, or {"refused": why}."""
    try:
        return {of["id"]: of["verdict"] for of in program.verify(str(path), None)["checks"]}
    except program.Refused as why:
        return {"refused": str(why.args[0])}


def first_mismatch(path: Path) -> str:
    """Give the first check that is a MISMATCH."""
    return next(id for id, verdict in verdicts(path).items() if verdict == "MISMATCH")


def canonical(value: Any) -> bytes:
    """Write a value as canonical JSON: RFC 8785 for values without numbers other than integers and keys in ASCII."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
