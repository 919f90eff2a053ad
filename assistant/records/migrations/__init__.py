"""Alembic's changes to the record store, one file a revision; run from code, never by hand."""
