"""The store: entries as bytes, in one order. Read: appending, recorder, writer, reading, openings, subscription, roles."""
