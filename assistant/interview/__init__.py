"""One interview as every front end holds it: what is shown, what can be chosen, the draft kept."""
