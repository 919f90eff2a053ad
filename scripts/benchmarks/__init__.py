"""The parts of scripts/bench.py: each measures one thing and returns rows of the table."""
