"""What was decided, when, and under which content; and interviews that wait to be finished."""
