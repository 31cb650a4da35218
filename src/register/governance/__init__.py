"""Who may sit, speak and decide, and when: bodies, members, parties, sub-regions, seats, mandates and rules, each with its period."""
