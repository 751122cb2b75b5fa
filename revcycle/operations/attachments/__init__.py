"""Files that people add to records."""
