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
