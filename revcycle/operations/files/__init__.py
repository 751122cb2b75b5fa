"""Files: the inbox and the outbox, the same for every stage."""
