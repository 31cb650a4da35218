"""Measurements beside the floor of the same machine; never a test, since a time proves nothing on a shared machine."""
