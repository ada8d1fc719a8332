// The page around a lesson: an edited cell becomes text of the form, and htmx brings the new lesson.

const field = (name) => document.querySelector(`#panel [name="${name}"]`)

document.addEventListener("learn-edit", ({ detail: { grid, base, edit } }) => {
  if (grid === "y") field("wanted").value = ""
  field(grid).value = (base ?? (field(grid).value || field(grid).placeholder)) + edit
  field(grid).dispatchEvent(new Event("change", { bubbles: true }))
})

// A field that the reader has touched keeps its value through a morph: it shall say what the lesson says.
document.addEventListener("htmx:after:swap", () => {
  if (document.querySelector("#errors [data-for]")) return
  for (const control of document.querySelectorAll("#panel textarea")) {
    if (control !== document.activeElement) control.value = control.defaultValue
  }
})

// What the reader has unfolded stays unfolded.
addEventListener("load", () =>
  globalThis.htmx?.registerExtension("unfolded", { htmx_before_morph_attr: (element, { attrName }) => attrName !== "open" }),
)
