// The front page: a stage that introduces itself; a pen, an eraser and kernels beside it, whose numbers come without a page;
// and a link that carries them all to the scene's own page.

import { introduce } from "./introduction.js"
import { Requests, field } from "./requests.js"
import { rescale } from "./rescale.js"
import { Undo } from "./undo.js"
import { words } from "./words.js"

const stage = document.querySelector("conv-stage")
const panel = document.getElementById("panel")
const requests = new Requests(arrived, show)
const undo = new Undo()
let shown = stage.getAttribute("src")
let gesture = null // { isKnown }: whether undo knows of it already; a drag is one

// A place that the gallery once had here is found among the lectures.
if (location.hash && !document.getElementById(location.hash.slice(1))) location.replace(document.querySelector("a[href$='/lectures']").href + location.hash)

introduce(stage)

stage.addEventListener("conv-edit", ({ detail }) => {
  if (!detail.dragging) gesture = { isKnown: false }
  requests.change(detail, gesture)
})
stage.addEventListener("conv-replace", ({ detail: { grid, text } }) => choose(grid, text))
stage.addEventListener("conv-undo", () => travel("back"))
stage.addEventListener("conv-redo", () => travel("forward"))

panel.addEventListener("click", (event) => {
  const { ctrlKey, metaKey, shiftKey, target } = event
  const brush = target.closest("[data-brush]")
  const choice = target.closest("[data-value]")
  if (brush) take(brush)
  if (!choice || ctrlKey || metaKey || shiftKey) return
  event.preventDefault()
  choose(choice.dataset.grid, choice.dataset.value)
})

async function choose(grid, text) {
  await requests.settle()
  field(grid).value = text
  go(requests.address, { isKnown: false })
}

async function travel(way) {
  await requests.settle()
  const address = undo[way](shown)
  if (address === undefined) return
  const query = new URLSearchParams(address.split("?")[1])
  for (const input of panel.querySelectorAll("[type=hidden]")) input.value = query.get(input.name) ?? input.defaultValue
  go(address, { isKnown: true })
}

async function go(address, gesture) {
  stage.toggleAttribute("data-stale", true)
  try {
    await stage.edited(address)
    arrived(stage.steps.scene.address, gesture)
    show()
  } catch (error) {
    stage.failed(error)
  }
}

// The numbers are here: they are the scene now, for undo, and for who goes on to its page.
function arrived(address, gesture) {
  if (!gesture.isKnown) undo.remember(shown)
  gesture.isKnown = true
  shown = address
  panel.querySelector("[data-open]").href = address.replace(".events", "")
  for (const [name, addresses] of [["undo", undo.past], ["redo", undo.future]]) {
    stage.querySelector(`[data-do=${name}]`).disabled = addresses.length === 0
  }
  rescale(stage)
}

// The fields have them, too.
function show() {
  requests.keep()
  stage.setAttribute("src", shown)
  const chips = [...panel.querySelectorAll('[data-grid="w"]')]
  const chosen = chips.find((chip) => chip.dataset.value === field("w").value)
  for (const chip of chips) chip.setAttribute("aria-current", chip === chosen)
  panel.querySelector("[data-shows]").textContent = chosen?.title ?? words.ownKernel
}

function take(brush) {
  stage.setAttribute("brush", brush.dataset.brush)
  for (const each of brushes) each.setAttribute("aria-pressed", each === brush)
}

const brushes = [...panel.querySelectorAll("[data-brush]")]
for (const brush of brushes) brush.hidden = false
take(brushes[0])
