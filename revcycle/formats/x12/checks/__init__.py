"""What the guides' tables cannot say: balances, situations, external codes, payers' own rules."""
