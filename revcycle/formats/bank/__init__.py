"""Bank statements: BAI2 and CSV. Account numbers leave these modules as their last four digits."""
