"""Files of contract terms and of fee schedules."""
