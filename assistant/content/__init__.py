"""What may be said: the guide's YAML, read with positions, checked and proven."""
