"""Read model: every entry of a decision, for replay, and of a dossier."""
