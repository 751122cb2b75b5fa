"""Until when: the days within which something must be sent, answered or given back."""
