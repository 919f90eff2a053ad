"""The Service Group Assistant: a guided interview that ends in a service group, with its reasons."""
