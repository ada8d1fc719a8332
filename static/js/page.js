// The page around the stage: what it keeps through every scene that htmx brings. What leads from one to the next is fetched
// when a reader first moves; what is asked for until then waits for it.

import { recall, remember } from "./memory.js"

let part = null // once it is here
let coming = null
const changes = () => (coming ??= import("./changes.js").then(arrived, failed))
const arrived = (module) => (part = module)

// Whoever asks again may have more luck.
function failed(error) {
  coming = null
  throw error
}

for (const name of ["pointermove", "focusin", "keydown"]) document.addEventListener(name, changes, { once: true })

for (const name of ["conv-edit", "conv-replace", "conv-show", "conv-undo", "conv-redo"]) {
  document.addEventListener(name, ({ detail }) => changes().then(({ acts }) => acts[name](detail)))
}

document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest("#scene a[href]")
    if (part || !link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    event.stopPropagation()
    changes().then(() => setTimeout(() => link.click())) // one after the other
  },
  { capture: true },
)

// The number of a stepper that is dragged before they are there is dragged again then.
const drag = [] // [target, event]
for (const name of ["pointerdown", "pointermove", "pointerup"]) document.addEventListener(name, hold)

function hold(event) {
  const begins = event.type === "pointerdown" && event.target.closest("#panel .stepper")
  if (part || !(begins || drag.length)) return
  drag.push([event.target, new PointerEvent(event.type, event)])
  if (begins) changes().then(() => drag.splice(0).forEach(([target, each]) => target.dispatchEvent(each)), () => (drag.length = 0))
}

// What the reader has unfolded stays unfolded.
globalThis.htmx.registerExtension("unfolded", { htmx_before_morph_attr: (element, { attrName }) => attrName !== "open" })

document.addEventListener("htmx:after:swap", () => {
  if (!document.querySelector("#errors [data-for]")) followScene()
  placeRefusals()
  refresh()
})

// A control that the reader has touched keeps its value through a morph: it shall say what the scene says.
function followScene() {
  for (const control of document.querySelectorAll("#panel input, #panel textarea, #panel option")) {
    if (control === document.activeElement) continue
    if (control.matches("option")) control.selected = control.defaultSelected
    else if (control.matches("[type=checkbox]")) control.checked = control.defaultChecked
    else control.value = control.defaultValue
  }
}

// Each sentence goes beside its field, where there is one; the rest stay on top.
function placeRefusals() {
  const sentences = [...document.querySelectorAll("#errors [data-for]")]
  for (const place of document.querySelectorAll("[data-error]")) {
    const own = sentences.find((sentence) => sentence.dataset.for === place.dataset.error)
    const input = document.getElementById(`field-${place.dataset.error}`)
    place.textContent = own?.textContent ?? ""
    if (own) input?.setAttribute("aria-invalid", "true")
    else input?.removeAttribute("aria-invalid")
    if (own && isVisible(place)) own.remove()
  }
}

function isVisible(element) {
  return element.checkVisibility?.() ?? element.offsetParent !== null
}

function refresh() {
  for (const copy of document.querySelectorAll("[data-copy]")) copy.hidden = false
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copy]")
  if (button) import("./share.js").then(({ copyProgram }) => copyProgram(button))
})

// The reader's conventions are remembered, and asked for where a link does not say.
const CONVENTIONS = ["indices", "symbol"]

document.addEventListener("change", ({ target }) => {
  if (target.matches("select") && CONVENTIONS.includes(target.name)) remember(target.name, target.value)
})

function applyConventions() {
  const asked = new URLSearchParams(location.search)
  const selects = CONVENTIONS.map((name) => document.querySelector(`#panel select[name="${name}"]`)) // an unpooling's indices are a grid
  const wanted = selects.filter((select) => select && !asked.has(select.name) && ![null, select.value].includes(recall(select.name)))
  if (!wanted.length) return
  for (const select of wanted) select.value = recall(select.name)
  changes().then(({ resubmit }) => resubmit())
}

// A scene that a network or a comparison has opened leads back to it.
function offerBack() {
  const { origin, pathname } = new URL(document.referrer || location.href)
  if (origin !== location.origin || !/\/(networks|compare|learn|there|backprop|train|pictures)/.test(pathname)) return
  const link = document.querySelector("[data-back]")
  if (!link) return // in a frame
  link.href = document.referrer
  link.hidden = false
}

addEventListener("load", () => {
  offerBack()
  refresh()
  placeRefusals()
  applyConventions()
})
