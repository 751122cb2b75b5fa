"""Where people of a practice answer, look in and send files. They see their practice only."""
