"""Codes against the standards they are of."""
