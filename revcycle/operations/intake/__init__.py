"""Intake: records of a practice become encounters, or say what is wrong with them."""
