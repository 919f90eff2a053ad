"""The assistant on the screen."""
