"""Coding: what a coder does with an encounter."""
