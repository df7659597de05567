"""Acts of a draw and its supplements, and reading them back from their frozen bytes."""
