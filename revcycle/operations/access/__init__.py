"""What the office does about people: add, assign, sign in and out, emergencies."""
