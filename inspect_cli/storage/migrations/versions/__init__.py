"""The migrations, oldest first by their number; ``alembic`` finds them by their files."""
