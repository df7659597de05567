"""The year's plan: its targets, how far it has come, and what a month should draw of the rest."""
