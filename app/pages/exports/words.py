"""What is said of the files that a scene can be had as."""

SVG = "A picture that stays sharp at any size."
PNG = "A picture of pixels, for any program."
PDF = "A page with lines and letters that stay sharp, for LaTeX and print."
TEX = "The same picture in TikZ: a document of its own, to be changed by hand."
CSV = "Every cell of every grid as a line, for spreadsheets."
NPZ = "Every grid as an array, for NumPy."

PIXELS = "A picture of {width:,} × {height:,} pixels has more than the {most:,} that one may have. Use a smaller width."
CELLS = (
    "This picture has {value:,} cells, and a drawing of lines may have at most {most:,}. "
    "Ask for .png or .pdf, or use a smaller input."
)
ALL_PIXELS = (
    "These {count} pictures would have {value:,} pixels, and a file may have at most {most:,}. "
    "Use a smaller width, or choose fewer steps (steps=0-5)."
)
GIF = "A film that PowerPoint, browsers and mail programs play."
WEBP = "The same film in half of the bytes, with all colours."
MP4 = "The same film as a video."

PPTX = "Slides whose cells, numbers and outlines are shapes, to be changed and animated (steps=0-5,12)."
ZIP = "A picture of each step, numbered, for programs that put films together."

SHAPES = (
    "These slides would have {value:,} shapes, and a deck may have at most {most:,}. "
    "Choose fewer steps (steps=0-5), or use a smaller input."
)
HTML = "One file that plays, steps and is inspected without a server: by double click, or in a course page."

HEAVY = "A file with all steps of this scene would hold {value:,} numbers; it may hold {most:,}. Use a smaller input."
SLOW = "A film of this scene would take too long to draw. Use a smaller width or a smaller input, or ask for .png."
NO_PYAV = (
    "This server makes no .mp4, because it runs without PyAV (pip install 'convscope[mp4]'). "
    ".gif and .webp are the same film."
)
BUSY = "Many files are being made at this moment. Please ask again in a few seconds."
TOO_LONG = "This file was not finished within {most} seconds. Please ask again, or for a smaller one."
FAILED = "Something went wrong on our side while the file was made."
NO_FORMAT = "{name} does not say which kind of file it is to be: its name should end in one of {known}."
NO_OPERATION = "There is no operation “{name}”; there are {known}."
PAGE_REFUSES = "{path} cannot show what is asked for; it says why itself, without the extension."
