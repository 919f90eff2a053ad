"""The figures of the house: how large its modules are, and how many of them each journey enters."""
