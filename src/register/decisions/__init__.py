"""One question to be decided, by a body or by each member: its parts, ballots and outcomes, and where each member stands."""
