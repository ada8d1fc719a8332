"""The valley of a learning rate: /valley.

asked.py      how one goes down, out of an address
drawing.py    contours and path
page.py  words.py      the page, the JSON, the addresses; what is said
"""
