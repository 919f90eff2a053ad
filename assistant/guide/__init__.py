"""The guide: read, checked, proven, drawn."""
