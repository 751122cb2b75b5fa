"""One retryable step each: opens the transaction or calls the network."""
