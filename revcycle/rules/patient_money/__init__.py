"""What patients pay and owe: what a form may say, and what is too small to ask for."""
