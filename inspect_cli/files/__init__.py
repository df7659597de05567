"""The disk: settings, plans, outside files, bundles, calendars and documents."""
