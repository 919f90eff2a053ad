"""Counts of what was recorded, in words and tables."""
