"""Prevention: propose edits from denials, decide about them, look at what they did."""
