"""The books of a practice as people see them: what stands where, since when, and why."""
