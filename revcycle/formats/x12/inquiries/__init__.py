"""Questions to payers and their answers: 270, 271, 276, 277 and 277CA, level by level."""
