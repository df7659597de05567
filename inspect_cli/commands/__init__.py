"""A file a noun: parse, call one act or one read, print."""
