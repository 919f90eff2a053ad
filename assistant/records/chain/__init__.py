"""How records are chained, and how the chain is followed to see that nothing was changed."""
