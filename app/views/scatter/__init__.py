"""Scatter: one number of the data is read, and its stamp lands on the result; overlaps add up."""
