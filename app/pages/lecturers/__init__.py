"""/for-lecturers: one page for somebody in a hurry, from a link to the question for the room.

words.py   what a link may say, the recipes, what to do without a network
page.py    the page; snippets are Share's, questions the worked scenes' own
"""
