"""The forms in which outside files come, one module a form: bytes in, grids of text out."""
