// The page around the stage: edits become form fields, the form becomes an address, htmx brings the new scene.

import { Requests, field, submit } from "./requests.js"
import { Undo } from "./undo.js"

const htmx = () => globalThis.htmx
const scene = () => document.getElementById("scene")

const requests = new Requests(arrived)
const undo = new Undo()
let shown = scene().dataset.address
let entry = null // null; or a gesture whose answers share one entry of the history: { isPushed, isTravel }
let restoring = 0 // how many answers to back and forward are still to come: they make no entries

// A drag is one gesture.
document.addEventListener("conv-edit", ({ detail }) => {
  if (!detail.dragging) entry = { isPushed: false }
  requests.change(detail, entry)
})

document.addEventListener("conv-replace", async ({ detail: { grid, text } }) => {
  await requests.settle()
  entry = null
  field(grid).value = text
  submit()
})

document.addEventListener("conv-undo", () => travel("back"))
document.addEventListener("conv-redo", () => travel("forward"))

async function travel(way) {
  await requests.settle()
  const address = undo[way](shown)
  if (address === undefined) return
  shown = address
  entry = { isPushed: false, isTravel: true }
  document.querySelector("conv-stage").toggleAttribute("data-stale", true)
  go(address)
}

function go(address) {
  return htmx().ajax("GET", address, { source: "#scene", target: "#scene", select: "#scene", swap: "outerMorph" })
}

// One entry for a whole gesture: its first answer is pushed, every further one takes its place.
function enter(path, gesture) {
  const isOld = gesture?.isPushed || path === shown
  if (!isOld && !gesture?.isTravel) undo.remember(shown)
  if (gesture) gesture.isPushed = true
  shown = path
  return isOld ? "replace" : "push"
}

document.addEventListener("htmx:before:history:update", (event) => {
  const { history } = event.detail
  if (restoring) event.preventDefault()
  else history.type = enter(history.path, entry)
})

// The address is there with the numbers, as htmx would write it; what is too long for one has none.
function arrived(events, gesture) {
  if (events === undefined) return
  const path = events.replace(".events", "")
  const type = enter(path, gesture)
  if (!history.state?.htmx) history.replaceState({ htmx: true }, "") // or nothing would lead back here
  history[`${type}State`]({ htmx: true }, "", path)
  refresh()
}

// A filter that is folded away comes forward when the playhead enters it.
document.addEventListener("conv-show", async ({ detail: { filter } }) => {
  await requests.settle()
  const link = document.querySelector(`[data-leads][data-index="${filter}"]`)
  if (!link) return
  entry = { isPushed: true }
  go(link.getAttribute("href"))
})

// What is chosen in the panel is an entry of its own, by keys too.
document.addEventListener("change", ({ isTrusted, target }) => isTrusted && target.closest("#panel") && (entry = null), { capture: true })

// The number of a stepper is dragged; a button that is pressed before the last answer has come counts.
let stepping = null
const steppers = () => (stepping ??= import("./stepping.js").then(({ Stepping }) => new Stepping(requests)))

document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest("#panel .stepper")) return
  entry = { isPushed: false }
  steppers().then((each) => event.target.matches("input, output") && each.grab(event))
})

// So is a click on a control. What it leads to is made of the scene with all edits, so these come first.
document.addEventListener(
  "click",
  (event) => {
    const { isTrusted, target } = event
    if (isTrusted && !target.closest(".plane, .stepper")) entry = null
    const link = target.closest("#scene a[href]")
    const isEarly = requests.page && isTrusted && link?.matches(".step")
    if (!link || (requests.edits.isEmpty && !isEarly)) return
    event.preventDefault()
    event.stopPropagation()
    if (isEarly) steppers().then((each) => each.add(link.parentElement.getAttribute("aria-label"), link.nextElementSibling ? -1 : 1))
    else requests.settle().then(() => link.click())
  },
  { capture: true },
)

// Back and forward bring the scene in without taking the stage down.
document.addEventListener("htmx:before:history:restore", (event) => {
  const { path } = event.detail
  if (!scene() || !path.startsWith(location.pathname)) return
  event.preventDefault()
  undo.arrive(path, shown)
  shown = path
  restoring++
  go(path).finally(() => restoring--)
})

// What the reader has unfolded stays unfolded.
htmx().registerExtension("unfolded", { htmx_before_morph_attr: (element, { attrName }) => attrName !== "open" })

document.addEventListener("htmx:after:swap", () => {
  const isRefused = document.querySelector("#errors [data-for]") !== null
  if (isRefused) forgetRefusedEdits()
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

// Edits whose numbers are fine may still make an address too long for a page.
function forgetRefusedEdits() {
  if (requests.edits.isEmpty) return
  requests.forget()
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
  for (const [name, addresses] of [["undo", undo.past], ["redo", undo.future]]) {
    const button = document.querySelector(`[data-do=${name}]`)
    if (button) button.disabled = addresses.length === 0
  }
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
  entry = { isPushed: true }
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
