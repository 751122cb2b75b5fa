"""Claims that nobody answers: what a payer said of them, and what follows."""
