"""Who may say yes: what the client file says about it."""
