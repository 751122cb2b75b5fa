"""Where people work: pages and the command line."""
