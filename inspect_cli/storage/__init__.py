"""The store: rows, queries and the schema's history, on SQLite and PostgreSQL alike. The rules live in ``core``, the acts in ``acts``."""
