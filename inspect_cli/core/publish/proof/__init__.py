"""Proving for a month that its notices, its store and its bundles say the same."""
