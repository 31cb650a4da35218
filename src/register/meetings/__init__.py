"""A meeting of a body: planned, held or cancelled, with its agenda items and papers."""
