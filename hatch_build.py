"""The build's one step of its own: the catalogue of translations is compiled, also for an editable install.

``python hatch_build.py`` does the same by hand.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = "inspect_cli/locale/*/LC_MESSAGES/*.po"


def compile_catalogues(root: Path) -> list[Path]:
    """Write a ``.mo`` beside each ``.po`` beneath ``root``, and name what was written."""
    return [_compile(source) for source in sorted(root.glob(CATALOGUES))]


def _compile(source: Path) -> Path:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    target = source.with_suffix(".mo")
    # Written whole and then moved: another process may be reading the old one.
    draft = target.with_suffix(".mo.part")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(target)
    return target


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # by hand, without the build's own tool
    pass
else:

    class CatalogueHook(BuildHookInterface[Any]):
        """Compile the catalogues before the wheel or the editable install is made."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Compile, and have the results taken along although the repository does not keep them."""
            del version
            written = compile_catalogues(Path(self.root))
            build_data["artifacts"] += [str(path.relative_to(self.root).as_posix()) for path in written]


if __name__ == "__main__":
    for path in compile_catalogues(Path(__file__).resolve().parent):
        print(path)
