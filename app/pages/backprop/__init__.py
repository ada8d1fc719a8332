"""Backwards over a graph: /backprop.

reading.py    from the text of an address to a graph with its values
scenes.toml  scenes.py      the ready scenes, from the lectures
words.py      what is said
"""
