"""How practice is drawn."""
