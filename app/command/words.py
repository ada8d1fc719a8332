"""What the command line says of itself."""

ABOUT = """See, touch and check every number of a convolution.

  convscope                       serve the pages on this machine, at http://127.0.0.1:8000
  convscope serve --port 80       the same, with its options
  convscope render SCENE -o FILE  make a picture, a film, slides or data of a scene, without a server
"""
MORE = "Environment variables that start with CONVSCOPE_ set the limits; the README lists them."

RENDER = "Make a file of a scene, or many, without a server."
RENDER_MORE = """A scene is what stands in the address of its page, and the name of the file says what is made of it:

  convscope render 'conv2d?x=digit:7&w=sobel-x' -o sobel.gif
  convscope render 'conv2d?stride=2&step=3&width=1200&theme=dark' -o step-3.png
  convscope render 'max_pool2d?predict=true&steps=0-3' -o quiz.pptx
  convscope render 'http://127.0.0.1:8000/conv2d?padding=1' -o offline.html

Pictures   {pictures}
Films      {films}
Slides     {slides}
Data       {data}

What a file may be asked stands in the address, too: width= and aspect=16x9 of pictures and films, seconds= of films,
steps=0-5,12 of slides, theme=dark. Quote the address, as & and ; mean something to a shell.

Many at once: --from reads a file whose lines are what would stand behind “render”, but for those that begin with #.

  # figures.txt
  'conv2d?x=digit:7&w=sobel-x' -o figures/sobel.gif
  'conv2d?x=digit:7&w=box:3'   -o figures/blurred.pdf

  convscope render --from figures.txt

In a Makefile, one figure is made anew where its line has changed:

  figures/%.gif: scenes/%.txt
\t  convscope render "$$(cat $<)" -o $@
"""

NOTHING = "Say which scene is to be made, and into which file: convscope render 'conv2d?stride=2' -o stride.gif"
NO_FILE = "{scene}: no file is named; add -o and its name."
LINE = "line {number} of {file}: {said}"
WRITTEN = "{file} ({size})"
REFUSED = "{file}: {said}"
SUMMARY = "{made} of {total} made."
