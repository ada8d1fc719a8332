"""A network learns before one's eyes: /train.

fields.py    how the settings of a run are written
task.py      a run as its address says it, its work counted before any of it is done
shipped.py   the runs that come with the program, in runs/
runs.py      where a run is: shipped, finished, or in the pool (app/training)
nearest.py   the finished run that is most like one that has to wait
showing.py   what a checkpoint shows
document.py  stream.py  page.py     the answers: JSON, events, the page
chart.py  gradients.py  wall.py  pictures.py      curves, bars, the wall of wrong digits, filters as pictures
signs.py     two new signs behind LeNet's locked layers: /train/signs
strokes.py   the signs that it opens with
scene.py     a filter and its gradient as scenes
routes.py    the addresses
"""
