"""Work that nobody waits for: tasks in the database (django-tasks), taken by a process of its own."""
