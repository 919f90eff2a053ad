"""The interview in plain lines: for a screen reader, a dumb terminal, or a script in a pipe."""
