"""The rules: values in, values out. No clock, chance, disk, database or screen."""
