"""The screen in a browser: a server, and a process of the assistant for each visitor."""
