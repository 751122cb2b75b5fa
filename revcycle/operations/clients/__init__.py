"""Practices: bring the database up to what the client files say."""
