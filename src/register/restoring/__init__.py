"""Brings a register back from its published log and a backup of its texts. Read: sources, published, checkpoints, appending, continuing, backup, texts, withdrawing."""
