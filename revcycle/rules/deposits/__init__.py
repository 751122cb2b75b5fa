"""Which remittance explains a deposit, what is booked of it, and what must be asked."""
