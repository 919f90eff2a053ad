"""Practice as every front end holds it."""
