"""Documents for people: values → Markdown by a template → one module a format. Writing them to the disk is the caller's matter."""
