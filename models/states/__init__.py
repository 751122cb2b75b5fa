"""States: an enum and a transition table for each noun that has a life."""
