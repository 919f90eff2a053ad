"""Old answers under today's rules: which would be advised otherwise, and why."""
