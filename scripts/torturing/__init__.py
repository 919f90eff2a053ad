"""What torture.py does: writers that are killed, and the count of what they leave."""
