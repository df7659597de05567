"""``draw``: commit, seed, run, supplement, void; show, list and explain; bundle, receipt and replay."""

from __future__ import annotations

import click

from inspect_cli.command_line import LazyGroup, Listed


@click.group(
    cls=LazyGroup,
    package=__name__,
    listed={
        "commit": Listed(".steps:commit", "Freeze the plan's frame and keep its commitment."),
        "seed": Listed(
            ".seed:seed",
            "Keep what the draw's public sources gave, each typed value entered twice; the seed follows from it.",
        ),
        "run": Listed(".steps:run", "Draw: who is visited, on which day, and by whom."),
        "supplement": Listed(
            ".supplement:supplement",
            "Draw again what dropped out after the draw, with fresh randomness, and nothing else.",
        ),
        "void": Listed(".steps:void", "Declare a draw void: it stays on record, and its name is never used again."),
        "list": Listed(".show:list_draws", "List the draws, supplements and void ones included."),
        "show": Listed(
            ".show:show",
            "Show where a draw stands: commitment, quotas, sources, seed, result, and the chain of supplements that it belongs to.",
        ),
        "explain": Listed(
            ".explain:explain", "Explain what became of an entity: drawn or not, why that day, why those inspectors."
        ),
        "bundle": Listed(
            ".handover:bundle",
            "Write a draw's whole evidence into one file, which anybody can verify without this store.",
        ),
        "receipt": Listed(
            ".handover:receipt",
            "Write a company's receipt: its own row with the proof that it was in the draw, its ticket, and why it was drawn or not.",
        ),
        "replay": Listed(
            ".handover:replay",
            "Draw anew from a bundle's commitment, rows and seed values, and write the result that follows.",
        ),
    },
)
def draw() -> None:
    """Make a draw: commitment, public seed, result, and why it came out so.

    The steps of a draw fix something for ever: each says what, and asks first.

    \b
    Example:
      inspect-cli --as NAME draw commit plan.toml
      inspect-cli --as NAME draw seed 2026-12/1
      inspect-cli --as NAME draw run 2026-12/1
    """
