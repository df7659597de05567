"""Outside files: their bytes, their encoding, their tables, and the registries' rows, each with its position."""
