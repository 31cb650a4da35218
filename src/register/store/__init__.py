"""The store: entries as bytes, in one order. Read: appending, deciding, recorder, settling, writer, reading, subscription, roles."""
