"""What changes the store: gather, decide (core), keep, log. One function, one transaction, one row of the act log each."""
