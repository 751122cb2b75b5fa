"""What people may add to a record."""
