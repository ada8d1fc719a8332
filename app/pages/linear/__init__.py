"""A linear classifier of digits: /linear-classifier.

page.py      its templates, its scores, one product in full; the JSON beside it
words.py     what is said
"""
