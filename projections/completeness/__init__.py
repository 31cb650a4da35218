"""Read model without tables: what is missing in what the others tell, counted and listed."""
