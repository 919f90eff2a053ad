"""The interview as pure functions over a guide and answers: no clock, file, randomness or screen."""
