"""Settings and management commands: the only place where the rooms are put together."""
