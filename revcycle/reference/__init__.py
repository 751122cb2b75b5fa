"""Dated public code tables and their readers."""
