"""Read model: dossiers with their titles, versions, routes and editions, and what comes when."""
