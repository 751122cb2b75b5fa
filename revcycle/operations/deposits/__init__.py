"""Money at the bank: taken in, matched with remittances, asked about."""
