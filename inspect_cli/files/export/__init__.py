"""Tables that are handed out in the headers and words that an import reads back. Reading them is ``files.intake``'s matter."""
