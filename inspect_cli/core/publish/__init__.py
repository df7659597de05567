"""Stage 6, publication: what the public may see of a draw, and nothing else."""
