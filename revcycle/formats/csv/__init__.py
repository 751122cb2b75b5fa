"""CSV files of practices, read by a mapping of their header to our fields."""
