"""What patients pay: taken, returned by a bank, or given up."""
