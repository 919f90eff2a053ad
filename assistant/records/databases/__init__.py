"""The databases that a store can lie in, and what each needs of us."""
