"""A subject or framework document over the years: its titles, versions, route and editions; reserved for a later version."""
