"""Read model: where words are found, in the texts and the names of the register."""
