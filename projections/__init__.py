"""The read side: one folder a read model, each with its tables, its row, its projector and its queries."""
