"""What is a denial, and what to do first about it."""
