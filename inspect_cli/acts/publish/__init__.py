"""Stage 6, publication: what is published, its numbers, its versions, and by when."""
