"""Read model: member by part, where members join the course and where not."""
