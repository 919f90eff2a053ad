"""Whole tables of cases: what their values mean, their check, and the rules as SQL."""
