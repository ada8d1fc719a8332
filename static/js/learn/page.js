// The page around a lesson: an edited cell becomes text of the form, and htmx brings the new lesson.

const field = (name) => document.querySelector(`#panel [name="${name}"]`)

let isOurs = false // whether a text was written here, and not by the reader

// An edit goes on from what is there: from edits, too, whose answer has not come.
document.addEventListener("learn-edit", ({ detail: { grid, base, edit } }) => {
  if (grid === "y") field("wanted").value = ""
  field(grid).value = (field(grid).value || base || field(grid).placeholder) + edit
  isOurs = true
  field(grid).dispatchEvent(new Event("change", { bubbles: true }))
})

// A field that the reader has touched keeps its value through a morph: it shall say what the lesson says. What is refused
// stays where it was typed; an edit of a cell goes.
document.addEventListener("htmx:after:swap", () => {
  if (document.querySelector("#errors [data-for]") && !isOurs) return
  isOurs = false
  for (const control of document.querySelectorAll("#panel textarea")) {
    if (control !== document.activeElement) control.value = control.defaultValue
  }
})

// What the reader has unfolded stays unfolded.
addEventListener("load", () =>
  globalThis.htmx?.registerExtension("unfolded", { htmx_before_morph_attr: (element, { attrName }) => attrName !== "open" }),
)
