// The page around the stage: edits become form fields, the form becomes an address, htmx brings the new scene.

import { words } from "./words.js"

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
  const link = document.querySelector(`[data-fold="filters"][data-index="${filter}"]`)
  if (!link) return
  entry = { pushed: true }
  htmx().ajax("GET", link.getAttribute("href"), { target: "#scene", select: "#scene", swap: "outerMorph" })
})

// A click on a control is an entry of its own.
document.addEventListener("click", ({ target }) => target.closest("svg.plane") || (entry = null), { capture: true })

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
  forgetRefusedEdit()
  placeRefusals()
  refresh()
})

// Or the next edit, written behind it, would be refused with it.
function forgetRefusedEdit() {
  if (!entry || !document.querySelector("#errors [data-for]")) return
  for (const grid of ["x", "w", "b"]) field(grid).value = field(grid).defaultValue
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
  absoluteLinks()
}

// The addresses under Share as another page needs them, of the scene that is shown now: Share itself is not swapped.
function absoluteLinks() {
  const shown = scene().dataset.address
  const step = document.querySelector("[data-with-step]")?.checked ? document.querySelector("conv-stage").player.step : null
  for (const link of document.querySelectorAll("#share a[href]")) link.search = new URL(shown, location.href).search
  for (const link of document.querySelectorAll("[data-absolute]")) link.value = absolute(shown, step)
  for (const snippet of document.querySelectorAll("[data-embed]")) {
    const address = absolute(`/embed${shown}`, step).replaceAll("&", "&amp;")
    snippet.value = `<iframe src="${address}" width="960" height="620" title="${document.title}" loading="lazy"></iframe>`
  }
}

function absolute(address, step) {
  const joint = address.includes("?") ? "&" : "?"
  return location.origin + address + (step === null ? "" : `${joint}step=${step}`)
}

document.addEventListener("change", ({ target }) => target.matches("[data-with-step]") && absoluteLinks())
document.addEventListener("toggle", ({ target }) => target.id === "share" && absoluteLinks(), { capture: true })

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]")
  if (!button) return closeShare(target)
  const source = button.parentElement.matches(".tab")
    ? button.parentElement.querySelector("[data-program]")
    : button.previousElementSibling.querySelector("input, textarea")
  const label = (button.dataset.label ??= button.textContent)
  button.textContent = (await copy(source)) ? words.copied : words.copyByHand
  setTimeout(() => (button.textContent = label), 2000)
})

function closeShare(target) {
  const share = document.getElementById("share")
  if (share?.open && !share.contains(target)) share.open = false
}

// Without HTTPS there is no clipboard: the text is selected, and the older command tried.
async function copy(source) {
  // A program that reads its data from here needs the whole address.
  const text = source.value ?? source.textContent.replaceAll(" '/conv", ` '${location.origin}/conv`)
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    if (source.select) source.select()
    else getSelection().selectAllChildren(source)
    return document.execCommand("copy")
  }
}

// The reader's conventions are remembered, and asked for where a link does not say.
const CONVENTIONS = ["indices", "symbol"]

document.addEventListener("change", ({ target }) => {
  if (CONVENTIONS.includes(target.name)) remember(target.name, target.value)
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
  const wanted = CONVENTIONS.filter((name) => !asked.has(name) && recall(name) && field(name)?.value !== recall(name))
  if (!wanted.length) return
  for (const name of wanted) field(name).value = recall(name)
  entry = { pushed: true }
  submit()
}

addEventListener("load", () => {
  refresh()
  placeRefusals()
  applyConventions()
})
