"""Read model: who belongs to the region, in which bodies, for which periods."""
