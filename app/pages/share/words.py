"""What Share says."""

TITLE = "Share"
CLOSE = "Close"
COPY = "Copy"
LEAD = "What you see, elsewhere: choose where you are going."
RELATIVE = (
    "The addresses below lack the name of this server: open Share on a page with scripts, or set CONVSCOPE_PUBLIC_URL."
)
LINK_LABEL = "Link to this page"
PRESENT_LABEL = "The picture on a whole wall (F on the page, Esc back)"
JSON = "JSON"
COMPARE = "Compare"
WITH_STEP = "open at the step that is shown now"
QR_LABEL = "QR code of the link"
QR_TOO_LONG = (
    "The link has {count} bytes, and a QR code that a phone reads from the back row holds {most}. "
    "Names are shorter than numbers: x=digit:7 instead of 784 of them."
)
QR_RELATIVE = "A QR code needs the name of this server."
OPTIONS = "In a frame"
AUTOPLAY = "plays by itself"
LOOP = "again and again"
THEME = "Colours"
THEMES = {"": "as the reader's", "light": "light", "dark": "dark", "transparent": "transparent"}
SIZE = "Writing"
SIZES = {"": "normal", "large": "large", "huge": "huge, for the back row"}
APPLY = "Apply"
NO_FILES = "There are no files of this page."
PREVIEW_LABEL = "The picture of this page"
COPY_PICTURE = "Copy the picture"
CANCEL = "Cancel"
FULL_LIST = "All parameters of a link, and recipes for each kind of slides"

TABS = {
    "link": "Link",
    "slides": "Slides",
    "documents": "Documents",
    "courses": "Courses",
    "notebooks": "Notebooks",
    "pictures": "Pictures",
}

REVEAL = "reveal.js"
REVEAL_HOW = (
    "Inside a <section>. It plays when its slide is there, a clicker goes through its steps and on in the deck, "
    "and the printed PDF (?print-pdf) shows the picture."
)
QUARTO = "Quarto"
QUARTO_HOW = "Into the .qmd of a revealjs deck, where the slide's text stands."
POWERPOINT = "PowerPoint"
POWERPOINT_HOW = (
    "PowerPoint takes no frames. Insert → Pictures takes the file below; then Insert → Link leads from it "
    "to this address, which opens full-screen."
)
GOOGLE = "Google Slides"
GOOGLE_HOW = (
    "Insert → Image → By URL takes the address of the picture; then Insert → Link leads from it to this address."
)
KEYNOTE = "Keynote"
KEYNOTE_HOW = "Drag the file below onto the slide; Format → Add Link → Webpage leads from it to this address."
LATEX = "LaTeX"
LATEX_HOW = "With \\usepackage{graphicx,hyperref}, and the file below beside the document."
LATEX_ALONE_HOW = "With \\usepackage{hyperref}."
MARKDOWN = "Markdown"
MARKDOWN_HOW = "README files, forums, wikis: the picture, which leads to the moving one."
MARKDOWN_ALONE_HOW = "README files, forums, wikis."
WORD = "Word"
WORD_HOW = "Insert → Pictures takes the file below; Insert → Link leads from it to this address."
WEB = "Web page"
WEB_HOW = "A frame of a fixed size. A forum that knows oEmbed needs the link alone."
MOODLE = "Moodle"
MOODLE_HOW = "In the editor of a page or book: Tools → Source code."
CANVAS = "Canvas"
CANVAS_HOW = "In the rich content editor: View → HTML Editor."
JUPYTER = "Jupyter"
JUPYTER_HOW = "In a cell of its own; it shows the picture, which plays and can be edited."
PICTURES_HOW = "Each is at this page's address, with its extension."
