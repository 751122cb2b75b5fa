"""A sum of what a form shows, to see later whether the record was changed meanwhile."""

import hashlib
from collections.abc import Mapping


def fingerprint_of(values: Mapping[str, str]) -> str:
    """Sum up what a form shows; the form brings it back."""
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()[:32]
