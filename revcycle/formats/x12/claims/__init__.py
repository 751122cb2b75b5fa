"""837P and 837I: what claims are made of, read and written."""
