"""The use cases, one function each, with what it needs as arguments."""
