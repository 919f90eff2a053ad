"""The assistant in plain lines."""
