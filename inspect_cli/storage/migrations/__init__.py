"""The schema's history. A released migration is never edited: a change of the tables is a new one."""
