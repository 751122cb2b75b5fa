"""What a report to a practice says."""
