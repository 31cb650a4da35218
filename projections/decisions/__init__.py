"""Read model: what was decided, when, why, with which votes and evidence; and the meetings where it was."""
