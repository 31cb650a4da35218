"""Popolo 1.0: organisations, seats, meetings, decisions and ballots as other tools for assemblies read them; never a person."""
