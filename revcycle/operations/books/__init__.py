"""What a practice's bookkeeper does: closes months."""
