"""Publishes the log as files that anybody can check. Read: files, keys, growth, ledger, publisher, proving."""
