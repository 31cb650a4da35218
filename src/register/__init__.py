"""The write side. Read in this order: values, charter, governance, meetings, dossiers, decisions, decider, sealing, stored, register, store, tlog, publishing."""
