"""Records on the way: written to files, and taken in from them."""
