"""The edge: HTTP in JSON and pages, sign-in, and the command line `register`."""
