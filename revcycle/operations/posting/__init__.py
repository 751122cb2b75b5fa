"""Posting: remittances and payments into the books."""
