"""The identifiers of the field, each a type of its own, so that none is taken for another."""

from __future__ import annotations

from typing import NewType

EntityId = NewType("EntityId", str)
"""Unified social credit code, or the registration number where there is none."""
InspectorId = NewType("InspectorId", str)
"""Roster number of an inspector or expert, unique for ever."""
MatterId = NewType("MatterId", str)
"""Number of a matter on the published list."""
Domain = NewType("Domain", str)
"""A field of enforcement: ``labour``, ``safety``, ``environment``, ``health``, or one that a bureau adds."""
Slot = NewType("Slot", str)
"""The name of one planned draw, such as ``2026-12/1``; never used twice."""
Period = NewType("Period", str)
"""A month, ``YYYY-MM``."""
