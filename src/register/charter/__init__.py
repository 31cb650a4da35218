"""The register itself: opened, its vocabulary, a text withdrawn, closed."""
