// The page around a stack: whatever is done to the list or the picture becomes the form, the form an address.

import "./field.js"
import { List } from "./list.js"

const htmx = () => globalThis.htmx
const field = (name) => document.getElementById(`field-${name}`)

let focus = null // the layer whose grip takes the focus when the answer is there
let isOurs = false // whether the text of the layers was written here, and not by the reader

function submit() {
  document.getElementById("panel").dispatchEvent(new Event("change", { bubbles: true }))
}

function show(texts, next = null) {
  field("layers").value = texts.join(";")
  field("unit").value = ""
  focus = next
  isOurs = true
  submit()
}

new List(document.body, show)

document.addEventListener("field-choose", ({ detail }) => {
  field("unit").value = detail.unit
  isOurs = true
  submit()
})

// One layer as text. This runs before htmx handles the change, so that the whole stack is sent.
document.addEventListener(
  "change",
  ({ target }) => {
    if (target.matches("[data-text]")) {
      target.closest("[data-layer]").dataset.layer = target.value
      field("layers").value = [...document.querySelectorAll("[data-layer]")].map(({ dataset }) => dataset.layer).reverse().join(";")
    }
    if (target.matches("[data-text], #field-layers, #field-input")) field("unit").value = ""
  },
  { capture: true },
)

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-text]")) return
  event.preventDefault()
  event.target.dispatchEvent(new Event("change", { bubbles: true }))
})

// What the reader has unfolded stays unfolded, and what a script has shown stays shown.
htmx().registerExtension("kept", { htmx_before_morph_attr: (element, { attrName }) => attrName !== "open" && !(attrName === "hidden" && !element.matches("dialog")) })

let restoring = 0

document.addEventListener("htmx:before:history:restore", (event) => {
  if (!document.getElementById("stack") || !event.detail.path.startsWith(location.pathname)) return
  event.preventDefault()
  restoring++
  htmx()
    .ajax("GET", event.detail.path, { source: "#stack", target: "#stack", select: "#stack", swap: "outerMorph" })
    .finally(() => restoring--)
})

document.addEventListener("htmx:before:history:update", (event) => restoring && event.preventDefault())

document.addEventListener("htmx:after:swap", () => {
  const isRefused = document.querySelector("#errors [data-for]") !== null
  if (!isRefused) follow()
  else if (isOurs) for (const name of ["layers", "unit"]) field(name).value = field(name).defaultValue
  isOurs = false
  placeRefusals()
  refresh()
  if (focus) document.querySelector(`#entry-${focus} [data-grip]`)?.focus()
  focus = null
})

// A control that the reader has touched keeps its value through a morph: it shall say what the stack says.
function follow() {
  for (const control of document.querySelectorAll("#panel input, #panel textarea")) control.value = control.defaultValue
  document.querySelector("receptive-field")?.arise()
}

// Each sentence goes beside its field, where that can be seen.
function placeRefusals() {
  const sentences = [...document.querySelectorAll("#errors [data-for]")]
  for (const place of document.querySelectorAll("[data-error]")) {
    const own = sentences.find((sentence) => sentence.dataset.for === place.dataset.error)
    place.textContent = own?.textContent ?? ""
    field(place.dataset.error)?.toggleAttribute("aria-invalid", Boolean(own))
    if (own) field(place.dataset.error)?.setAttribute("aria-invalid", "true")
    if (own && place.checkVisibility?.()) own.remove()
  }
}

function refresh() {
  for (const hidden of document.querySelectorAll("[data-grip], [data-as-text]")) hidden.hidden = false
}

refresh()
