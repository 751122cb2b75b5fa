"""X12 005010: one module per transaction over one tokenizer and one envelope."""
