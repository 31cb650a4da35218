"""The way out: tables for spreadsheets and programs, Popolo for who knows that, and a list of what neither can carry.

Read: gathering.py (one snapshot of what the read models say), choosing.py, cells.py, tables.py, popolo.py, left.py, writing.py, exporting.py.
"""
