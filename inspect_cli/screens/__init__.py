"""What several commands ask and show alike: an import, an export, a check, a history, and the fields of a row.

They stand above the acts and beneath the commands. What one noun alone shows lives with its commands.
"""
