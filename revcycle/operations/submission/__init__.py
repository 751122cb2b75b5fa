"""Submission: claims built, judged, batched, and what partners say of them."""
