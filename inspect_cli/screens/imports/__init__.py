"""An import at the terminal, the same for every registry: its options, what was understood, what would change, the question, the report."""
