"""Practice and classes."""
