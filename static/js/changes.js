// What leads from scene to scene, each an entry of the history and one to undo: edits, choices in the panel, undo and redo,
// back and forward. Fetched when a reader first moves.

import { Requests, field, submit } from "./requests.js"
import { Stepping } from "./stepping.js"
import { Undo } from "./undo.js"

const { htmx } = globalThis
const scene = () => document.getElementById("scene")

const requests = new Requests(arrived)
const undo = new Undo()
let shown = scene().dataset.address
let entry = null // null; or a gesture whose answers share one entry of the history: { isPushed, isTravel }
let restoring = 0 // how many answers to back and forward are still to come: they make no entries

// What a stage asks for, by the names of its events.
export const acts = {
  // A drag is one gesture.
  "conv-edit": (change) => {
    if (!change.dragging) entry = { isPushed: false }
    requests.change(change, entry)
  },

  "conv-replace": async ({ grid, text }) => {
    await requests.settle()
    entry = null
    field(grid).value = text
    submit()
  },

  // A filter that is folded away comes forward when the playhead enters it.
  "conv-show": async ({ filter }) => {
    await requests.settle()
    const link = document.querySelector(`[data-leads][data-index="${filter}"]`)
    if (!link) return
    entry = { isPushed: true }
    go(link.getAttribute("href"))
  },

  "conv-undo": () => travel("back"),
  "conv-redo": () => travel("forward"),
}

// The same scene in another way, which is no entry of its own.
export function resubmit() {
  entry = { isPushed: true }
  submit()
}

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
  return htmx.ajax("GET", address, { source: "#scene", target: "#scene", select: "#scene", swap: "outerMorph" })
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
  else if (history.type === "replace") shown = history.path
  else history.type = enter(history.path, entry)
})

// The address is there with the numbers, as htmx would write it; what is too long for one has none.
function arrived(events, gesture) {
  if (events === undefined) return
  const path = events.replace(".events", "")
  const type = enter(path, gesture)
  if (!history.state?.htmx) history.replaceState({ htmx: true }, "") // or nothing would lead back here
  history[`${type}State`]({ htmx: true }, "", path)
  scene().dataset.address = path // which Share and F take, before the page is here
  offer()
}

// What is chosen in the panel is an entry of its own, by keys too.
document.addEventListener("change", ({ isTrusted, target }) => isTrusted && target.closest("#panel") && (entry = null), { capture: true })

// The number of a stepper is dragged; a button that is pressed before the last answer has come counts.
const stepping = new Stepping(requests)

document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest("#panel .stepper")) return
  entry = { isPushed: false }
  if (event.target.matches("input, output")) stepping.grab(event)
})

// So is a click on a control. What it leads to is made of the scene with all edits, so these come first.
document.addEventListener(
  "click",
  (event) => {
    const { isTrusted, target } = event
    if (isTrusted && !target.closest(".plane, .stepper")) entry = null
    const link = event.ctrlKey || event.metaKey || event.shiftKey ? null : target.closest("#scene a[href]")
    const isEarly = requests.page && link?.matches(".step")
    if (!link || (requests.edits.isEmpty && !isEarly)) return
    event.preventDefault()
    event.stopPropagation()
    if (isEarly) stepping.add(link.parentElement.getAttribute("aria-label"), link.nextElementSibling ? -1 : 1)
    else requests.settle().then(() => link.click())
  },
  { capture: true },
)

// Back and forward bring the scene in without taking the stage down.
document.addEventListener("htmx:before:history:restore", (event) => {
  const { path } = event.detail
  if (!scene() || !path.startsWith(location.pathname)) return
  event.preventDefault()
  requests.forget()
  undo.arrive(path, shown)
  shown = path
  restoring++
  go(path).finally(() => restoring--)
})

document.addEventListener("htmx:after:swap", () => {
  if (document.querySelector("#errors [data-for]")) forgetRefusedEdits()
  offer()
})

// Edits whose numbers are fine may still make an address too long for a page.
function forgetRefusedEdits() {
  if (requests.edits.isEmpty) return
  requests.forget()
  for (const grid of document.querySelectorAll("#panel textarea")) grid.value = grid.defaultValue
}

function offer() {
  for (const [name, addresses] of [["undo", undo.past], ["redo", undo.future]]) {
    document.querySelector(`[data-do=${name}]`)?.toggleAttribute("disabled", addresses.length === 0)
  }
}
