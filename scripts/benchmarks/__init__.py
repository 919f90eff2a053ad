"""The parts of scripts/bench.py: each measures one thing and gives rows of the table."""
