"""What several commands ask and show alike: an import, an export, a check, a history, a row's retirement, and its fields.

They stand above the acts and beneath the commands. What one noun alone shows lives with its commands.
"""
