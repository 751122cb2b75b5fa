"""Who may sign in, for how long, and who may do and see what."""
