"""One case, from the first question to its entry."""
