"""What we say when a grid cannot be read. A refusal teaches: it names the place, the numbers and the way out."""

EMPTY = "There are no values here. Write some, such as 1,0;0,1."
TOO_MANY = "{given} values are too many: this grid may hold at most {most}."

NOT_A_NUMBER = "“{text}” is not a number. Write 3, -0.5, 1e-3 or a fraction of whole numbers such as 1/9."
TOO_LARGE_NUMBER = "“{text}” is larger than 1.8·10³⁰⁸, the largest number that a computer's float64 can hold."
DIVIDES_BY_ZERO = "“{text}” divides by zero."

EMPTY_CELL = "Value {column} of row {row} is missing: each comma stands between two values."
EMPTY_ROW = "Row {row} is empty: each semicolon stands between two rows."
RAGGED_ROWS = "Row {row} has {given}, but row 1 has {expected}: all rows must be equally long."
RAGGED_SLICES = "Slice {slice} has {given}, but slice 1 has {expected}: all slices must have equally many rows."
NO_ROWS = "“;” starts a new row, but this grid is a single line of values: put commas between them."
NO_SLICES = "“;;” starts a new slice, and only grids with three axes have slices: put one “;” between rows."
NO_CHANNELS = "“~” starts a new channel, but b is a plain list of values: put commas between them."
NO_FILTERS = "“~~” starts a new filter, and only w has filters: put one “~” between channels."

IN_PART = "{noun} {number}: {sentence}"
PART_SHAPE = "{noun} {number} is {given}, but the first is {expected}: all must have one shape."
NOUNS = {"~": "Channel", "~~": "Filter"}

UNKNOWN = "“{text}” is neither a number nor a name that is known here.{hint}"
DID_YOU_MEAN = " Did you mean {names}?"
OR = " or "
IS_A_KERNEL = "“{text}” is a kernel: it belongs in w, not in x."
NO_NAMES = "b is a plain list of values, such as 0,1,-2; “{text}” is not one."
TAKES_NOTHING = "“{name}” stands alone: leave “:{argument}” out."
NEEDS_SIZE = "“{name}” needs a size, such as {example}."
NOT_A_SIZE = "“{text}” is not a size. Write whole numbers from 1 with x between them, such as {example}."
TOO_MANY_AXES = "“{name}” has {given} axes, but the grid that it stands for has at most {most}."
ONE_SIZE_OR_EACH = "“{name}” takes one size for all axes, or one for each of the {axes}: {example}."
NOT_A_SEED = "“{text}” is not a seed. Write a whole number of at most {most} digits, such as {example}."
NO_SUCH_DIGIT = "There is no picture “digit:{argument}”: the digits are digit:0 to digit:9."
NO_SUCH_PHOTO = "There is no photograph “{text}”: the photographs are {names}."
PHOTO_PLANES = "A photograph has one plane, grey, or three, red, green and blue; {shape} would be {planes} planes."
PHOTO_SIDE = "A photograph is made at most {most} cells a side, but this is {shape}."

BYTES_FORM = "Bytes are written {name}:5x5:… — a size, a colon, and base64url; the second colon is missing."
NOT_BASE64 = "What follows “{name}:{sizes}:” is not base64url: it holds A–Z, a–z, 0–9, - and _ only, in groups of four."
BYTES_COUNT = "“{name}:{sizes}:” needs {expected} bytes, but {given} came."
BYTES_NOT_FINITE = "f32 bytes hold NaN or an infinity; only finite numbers can be convolved."

JSON_BROKEN = "This begins like a JSON list but is not one: {reason}."
JSON_NOT_A_NUMBER = "A list of numbers holds {text}, where only finite numbers can stand."
JSON_KINDS = {
    bool: "true or false",
    int: "a number larger than 1.8·10³⁰⁸",
    float: "NaN or an infinity",
    type(None): "null",
    object: "an object",
}
JSON_MIXED = "A list holds both numbers and lists: all numbers must lie equally deep."
JSON_RAGGED = "The lists at depth {depth} are not equally long: one holds {given}, the first {expected}."
JSON_DEPTH = "The lists are nested more than {most} deep, but this grid has no more axes."

TOO_MANY_EDITS = "{given} edits are too many: this grid may take at most {most}. Write the values instead."
NOT_AN_EDIT = "“!{text}” is not an edit. Edits come last and read !row.column:value, such as {example}."
EDIT_AXES = "“!{text}” gives {given}, but a cell here has {wanted}, as in {example}."
EDIT_RANGE = (
    "“!{text}” points outside: this grid is {shape}, and places count from 0, so {place} must be at most {most}."
)

CANNOT_FILL = "A grid of {given} cannot fill {wanted}: only a single filter or channel repeats by itself."
