"""Pages of records: what is known about a claim, an encounter, a patient, a payment, a file."""
