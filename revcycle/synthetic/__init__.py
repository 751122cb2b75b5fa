"""Input of invented practices, seeded, on Faker."""
