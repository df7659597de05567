"""Acts before the draw: what a plan leads to, a month's proposal, the year, the rehearsal."""
