"""Stage 2, the plan: what a month's draw takes, from whom, and whether it can be staffed."""
