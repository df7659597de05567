"""Beside the stages: what a month amounts to, for those who answer for it."""
