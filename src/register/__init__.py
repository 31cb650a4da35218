"""The write side. Read in this order: values, charter, governance, decisions, decider, sealing, stored, register, store."""
