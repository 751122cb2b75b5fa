"""A payer and clearinghouse to run against: own process, own state, real protocols."""
