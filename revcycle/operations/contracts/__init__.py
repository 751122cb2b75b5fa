"""Contracts: price claims, hold payments against prices, work on the differences."""
