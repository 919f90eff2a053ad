"""Practice: cases to try one's hand at, told as stories, below every front end."""
