"""From scores to a loss: /softmax.

asked.py      the scores and the truth, out of an address
drawing.py    a row for each class, from its score to its gradient
page.py  document.py  routes.py     the page, the JSON, the addresses
words.py      what is said
"""
