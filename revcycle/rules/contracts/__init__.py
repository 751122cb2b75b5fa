"""What a contract with a payer says a service should bring, and how a payment differs from it."""
