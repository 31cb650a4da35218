"""What `register verify` holds against each other: published files, the database, what is replayed, and what is answered."""
