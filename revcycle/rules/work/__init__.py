"""Which work comes first, and why."""
