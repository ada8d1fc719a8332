"""Runs of training, each in a process of its own.

run.py      one run: what has come of it so far, and who watches it
pool.py     the processes: a bounded number, a queue, finished runs kept
process.py  what such a process does
"""
