"""Practice in lines."""
