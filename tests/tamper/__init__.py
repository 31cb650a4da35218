"""Changes a published register behind its back, at random places, and counts what `register verify` finds of it."""
