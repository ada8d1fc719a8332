"""What the page for lecturers says."""

TITLE = "For lecturers"
SUMMARY = "A moving picture on your slide in a minute, and a question for the room."
SUMMARY_STEPS = (
    "Find a scene: by lecture, in the menu, or make one. Whatever you change is in its link.",
    "Press Share, choose where you are going, and paste.",
    "Or press F: the picture alone on the whole wall, for any clicker.",
)

LINK = "What a link may say"
LINK_LEAD = "Behind /embed/… and /present/…, before the address of any page. Each of these opens."
PARAMETERS = (
    ("autoplay", "plays when it is loaded", "/embed/conv2d?autoplay=true"),
    ("loop", "begins again at its end", "/embed/conv2d?autoplay=true&loop=true"),
    ("speed", "from 0.1 to 10 times as fast", "/embed/conv2d?autoplay=true&speed=2"),
    ("pace", "product, sum or row: how much of each step is shown; auto shifts by itself", "/embed/conv2d?pace=sum"),
    ("step", "opens at this step, counted from 0, and shows no later one", "/embed/conv2d?step=12"),
    ("hide", "leaves out controls, equation, kernel, captions, legend or hint", "/embed/conv2d?hide=kernel,equation"),
    ("lock", "keeps all, input, kernel or bias as it is", "/embed/conv2d?lock=kernel"),
    ("theme", "light, dark, transparent, or as the reader's machine has it", "/embed/conv2d?theme=dark"),
    ("size", "large, huge, or a number: the writing, for the back row", "/embed/conv2d?size=huge"),
    ("deck", "reveal: plays with its slide, and hands the clicker on", "/embed/conv2d?deck=reveal"),
    ("predict", "asks the room for each number before it is shown", "/present/conv2d?predict=true"),
    ("scenes", "of /present: one after the other, by address or by name", "/present?scenes=seven row max-pool"),
)

KEYS_TITLE = "On a wall"
KEYS = (
    ("F, Esc", "the picture of a page on the wall, and back; F once more fills the screen"),
    (
        "Page Down, Page Up",
        "a step on or back, as a clicker sends them; past the last step, the next scene of the list",
    ),
    ("space", "plays, and pauses"),
    ("N", "the notes: what this step computes, and what to ask"),
    ("B or .", "a black screen, and back"),
)

RECIPES = "Recipes"
RECIPES_LEAD = "For one scene as an example; Share has them for the page that you are on, with your own colours."

MESSAGES = "For your own page around a frame"
MESSAGES_LEAD = (
    "A frame answers postMessage of the page that holds it, and of nobody else. "
    "A message of another shape is not answered."
)
ASKED = (
    ('{ type: "conv:play" }', "plays"),
    ('{ type: "conv:pause" }', "pauses"),
    ('{ type: "conv:step", by: 1 }', "one step on; by: −1 goes back"),
    ('{ type: "conv:seek", step: 12 }', "goes to a step, counted from 0"),
    (
        '{ type: "conv:set", parameters: { stride: 2, w: [[1, 0], [0, 1]] } }',
        "shows other parameters, as an address names them",
    ),
    ('{ type: "conv:get" }', "is answered by conv:state"),
)
EVENTS_TITLE = "It tells:"
EVENTS = (
    ("conv:ready", "step, steps, playing, address: once it can be played"),
    ("conv:step", "step, steps: whenever the playhead moves on"),
    ("conv:state", "step, steps, playing, address: whenever it plays or stops, or shows something else"),
    ("conv:resize", "width, height: the size at which the picture fills its frame"),
)

OFFLINE = "Without a network"
OFFLINE_POINTS = (
    "A page that is open goes on: what was loaded plays. "
    "What needs the server says so, and goes on by itself when it is back.",
    "Install ConvScope on the laptop, and use http://127.0.0.1:8000 in your slides: it asks nothing of other machines.",
    "Or take the files that Share lists under Pictures: they need no server at all.",
)

INSTALL = "Install it"
INSTALL_LEAD = "Python 3.11 or newer, in the folder of the program; then open http://127.0.0.1:8000."
COMMANDS = (
    "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/convscope",
    "docker build -t convscope . && docker run --rm --read-only -p 8000:8000 convscope",
)
INSTALL_NOTE = (
    "For a whole university: CONVSCOPE_PUBLIC_URL=https://convscope.example makes the addresses in Share and in "
    "/oembed absolute, and CONVSCOPE_FRAME_ANCESTORS names who may frame it."
)

QUESTIONS = "What to ask the room"
QUESTIONS_LEAD = "Two questions for each worked scene. On a wall, N shows them."
ON_WALL = "present"
