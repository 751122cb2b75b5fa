"""Bytes to documents and back; each sub-package stands alone."""
