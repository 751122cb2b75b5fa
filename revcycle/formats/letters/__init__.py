"""The wordings of letters: text in, text out."""
