"""Shortages: what certainly cannot be staffed, proved before the commitment, and what probably cannot."""
