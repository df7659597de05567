"""The rehearsal: a plan drawn with seeds that nobody will use, what it tells, and what would mend it."""
