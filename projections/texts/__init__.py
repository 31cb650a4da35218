"""Read model: the text behind each seal, in one place, so that withdrawing it is done once."""
