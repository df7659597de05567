"""Stage 5, visits: what each visit of a draw ended with."""
