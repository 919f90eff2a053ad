"""What is refused before it is kept: what a form must hold, and what looks like a personal detail."""
