"""Visit sheets as workbooks: one a day, a worksheet a visit, filled in on the spot and taken back.

What lives here: their layout, writing them and reading them. What does not: what a sheet holds (``core.visit.sheet``), and what a filled-in
one claims (``core.visit.filled``).
"""
