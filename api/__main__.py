"""`python -m api` is the command line `register`."""

from api.cli import main

main(prog_name="register")
