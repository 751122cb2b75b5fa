"""What is done with editions of reference data."""
