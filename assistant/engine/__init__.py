"""What follows from the answers: pure functions of a guide."""
