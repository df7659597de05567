"""Documents as Word files (ECMA-376, WordprocessingML): ``papers`` writes our own layout, ``own`` fills a bureau's template."""
