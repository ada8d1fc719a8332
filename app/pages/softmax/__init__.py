"""From scores to a loss: /softmax.

asked.py      the scores and the truth, out of an address
document.py   probabilities, loss and gradient as JSON
words.py      what is said
"""
