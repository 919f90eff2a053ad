"""What a trainer is told of a class."""
