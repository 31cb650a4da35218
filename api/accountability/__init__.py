"""What a member, a council or the region did in a period: the facts of a yearly report, from all read models together."""
