// The page around the stage: edits become form fields, the form becomes an address, htmx brings the new scene.

const htmx = () => globalThis.htmx
const scene = () => document.getElementById("scene")
const MOST_UNDO = 100
const DRAG_PAUSE = 120 // milliseconds between two requests while painting

class Undo {
  constructor() {
    this.addresses = []
  }

  remember(address) {
    if (this.addresses.at(-1) !== address) this.addresses.push(address)
    if (this.addresses.length > MOST_UNDO) this.addresses.shift()
  }

  take() {
    return this.addresses.pop()
  }
}

const undo = new Undo()
const edits = [] // { grid, edit } not yet sent
let waiting = null // the timer of the next request of a drag
let entry = null // null; or an edit whose answers share one entry of the history: { pushed }
let restoring = 0 // how many answers to back and forward are still to come: they make no entries

function field(grid) {
  return document.querySelector(`#panel [name="${grid}"]`)
}

// What was edited while a request was under way is still here: the answer has brought the field of that request.
function submit() {
  clearTimeout(waiting)
  waiting = null
  for (const { grid, edit } of edits.splice(0)) field(grid).value += edit
  document.getElementById("panel").dispatchEvent(new Event("change", { bubbles: true }))
}

// One edit is sent at once; the many of a drag at most every so often, the last one always.
function submitSoon() {
  waiting ??= setTimeout(submit, DRAG_PAUSE)
}

document.addEventListener("conv-edit", ({ detail: { grid, edit, dragging } }) => {
  if (!dragging) {
    undo.remember(scene().dataset.address)
    entry = { pushed: false }
  }
  edits.push({ grid, edit })
  if (dragging) submitSoon()
  else submit()
})

document.addEventListener("conv-replace", ({ detail: { grid, text } }) => {
  undo.remember(scene().dataset.address)
  entry = null
  field(grid).value = text
  submit()
})

document.addEventListener("conv-undo", () => {
  const address = undo.take()
  if (address) go(address)
})

function go(address) {
  entry = null
  return htmx().ajax("GET", address, { source: "#scene", target: "#scene", select: "#scene", swap: "outerMorph" })
}

// One entry for a whole drag: its first answer is pushed, every further one takes its place.
document.addEventListener("htmx:before:history:update", (event) => {
  if (restoring) return event.preventDefault()
  if (entry?.pushed) event.detail.history.type = "replace"
  if (entry) entry.pushed = true
})

// A filter that is folded away comes forward when the playhead enters it.
document.addEventListener("conv-show", ({ detail: { filter } }) => {
  const link = document.querySelector(`[data-leads][data-index="${filter}"]`)
  if (!link) return
  entry = { pushed: true }
  htmx().ajax("GET", link.getAttribute("href"), { target: "#scene", select: "#scene", swap: "outerMorph" })
})

// A click on a control is an entry of its own.
document.addEventListener("click", ({ target }) => target.closest(".plane") || (entry = null), { capture: true })

// Back and forward bring the scene in without taking the stage down.
document.addEventListener("htmx:before:history:restore", (event) => {
  if (!scene() || !event.detail.path.startsWith(location.pathname)) return
  event.preventDefault()
  restoring++
  go(event.detail.path).finally(() => restoring--)
})

// What the reader has unfolded stays unfolded.
htmx().registerExtension("unfolded", { htmx_before_morph_attr: (element, { attrName }) => attrName !== "open" })

document.addEventListener("htmx:after:swap", () => {
  const isRefused = document.querySelector("#errors [data-for]") !== null
  if (isRefused) forgetRefusedEdit()
  else followScene()
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

// Or the next edit, written behind it, would be refused with it.
function forgetRefusedEdit() {
  if (!entry) return
  document.querySelector("conv-stage").takeBack()
  document.querySelector("conv-stage").hint(document.querySelector("#errors [data-for]").textContent)
  for (const grid of document.querySelectorAll("#panel textarea")) grid.value = grid.defaultValue
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
  const button = document.querySelector("[data-do=undo]")
  if (button) button.disabled = undo.addresses.length === 0
  for (const copy of document.querySelectorAll("[data-copy]")) copy.hidden = false
  if (isShareOpen()) share().then((part) => part.fill())
}

// Sharing and copying are fetched when they are asked for.
const share = () => import("./share.js")

const isShareOpen = () => document.getElementById("share")?.open

document.addEventListener("toggle", () => isShareOpen() && share().then((part) => part.fill()), { capture: true })
document.addEventListener("change", ({ target }) => target.matches("[data-with-step]") && share().then((part) => part.fill()))
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copy]")
  if (button) share().then((part) => part.copy(button))
  else if (isShareOpen() && !target.closest("#share")) document.getElementById("share").open = false
})

// The reader's conventions are remembered, and asked for where a link does not say.
const CONVENTIONS = ["indices", "symbol"]

document.addEventListener("change", ({ target }) => {
  if (target.matches("select") && CONVENTIONS.includes(target.name)) remember(target.name, target.value)
})

function remember(name, value) {
  try {
    localStorage.setItem(`convscope-${name}`, value)
  } catch {
    // Storage may be forbidden; then nothing is remembered.
  }
}

function recall(name) {
  try {
    return localStorage.getItem(`convscope-${name}`)
  } catch {
    return null
  }
}

function applyConventions() {
  const asked = new URLSearchParams(location.search)
  const selects = CONVENTIONS.map((name) => document.querySelector(`#panel select[name="${name}"]`)) // an unpooling's indices are a grid
  const wanted = selects.filter((select) => select && !asked.has(select.name) && ![null, select.value].includes(recall(select.name)))
  if (!wanted.length) return
  for (const select of wanted) select.value = recall(select.name)
  entry = { pushed: true }
  submit()
}

// A scene that a network or a comparison has opened leads back to it.
function offerBack() {
  const { origin, pathname } = new URL(document.referrer || location.href)
  if (origin !== location.origin || !/^\/(networks|compare|learn|there)/.test(pathname)) return
  const link = document.querySelector("[data-back]")
  link.href = document.referrer
  link.hidden = false
}

addEventListener("load", () => {
  offerBack()
  refresh()
  placeRefusals()
  applyConventions()
})
