"""Acts on the registries: entities, inspectors with what keeps them away, matters, the ledger, the calendar."""
