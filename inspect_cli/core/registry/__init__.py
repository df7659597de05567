"""Stage 1, registries: entities, inspectors, matters, and the ledger of all visits."""
