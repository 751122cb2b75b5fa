"""Looking for records over the practices that a person sees."""
