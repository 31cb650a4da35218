"""Read model: minority standpoints and how they were weighed."""
