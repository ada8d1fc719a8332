// The page of the network that runs: a drawing becomes an address, its answer streams in, and the page shows it.

import { drawn, unitOf, withField } from "./address.js"
import { Answers } from "./answers.js"
import { spell } from "./brush.js"
import { Inspect } from "./inspect.js"
import { Kernels } from "./kernels.js"
import { Layer } from "./layer.js"
import { Pad } from "./pad.js"
import { Patches } from "./patches.js"
import { showVerdict } from "./verdict.js"
import { Why } from "./why.js"
import { words } from "./words.js"

const page = document.querySelector(".live")
const layers = [...page.querySelectorAll("[data-row]")].map((row) => new Layer(row))
const address = () => page.dataset.address
let logits = null
let cover = null
const isFramed = document.documentElement.matches(".framed") // its address is the frame's own

const answers = new Answers({
  take,
  failed: (sentence) => inspect.describe(sentence ?? words.failed, null),
  busy: (isBusy) => page.setAttribute("aria-busy", String(isBusy)),
})
const see = (square) => pad.see(square)
const describe = (sentence, link) => inspect.describe(sentence, link)
const pad = new Pad(page.querySelector("[data-pad]"), { drawn: ask, covered: hide, says: (sentence) => describe(sentence, null) })
pad.lendPatch(page.querySelector("[data-move=cover]"))
const patches = new Patches(page.querySelector("[data-patches]"), { address })
const inspect = new Inspect(page, layers, {
  address,
  see,
  logits: () => logits,
  chosen: (layer, unit) => patches.choose(layer, unit),
})
const why = new Why(page.querySelector(".why"), { address, go: (to) => go(to, "push"), see, describe, passes: (event) => inspect.way.isOn(event) })
const kernels = new Kernels(page, { address, ask: (to) => go(to, "replace") })

// A stroke is one entry of the history: its first answer is pushed, every further one takes its place.
function ask(pixels, { begins }) {
  answers.ask({ address: () => drawn(address(), spell(pixels)), history: begins ? "push" : "replace" })
}

function hide(place, { begins }) {
  answers.ask({ address: () => withField(address(), "cover", place.join(",")), history: begins ? "push" : "replace" })
}

// `to()` is the address.
function go(to, history) {
  answers.ask({ address: to, history })
}

function take(name, data, question) {
  if (name === "digit") follow(data, question)
  if (name === "layer") showLayer(data)
  if (name === "verdict") {
    showVerdict(page.querySelector(`[data-verdict="${data.network}"]`), data)
    why.visit(data.network, data, cover)
  }
  if (name === "end") end()
}

function follow(answer, { history }) {
  const { address: canonical, pixels, moves, values, struck } = answer
  page.dataset.address = canonical
  cover = answer.cover
  if (history && !isFramed && canonical !== location.pathname + location.search) globalThis.history[`${history}State`](null, "", canonical)
  if (!answers.next) {
    pad.show(pixels)
    pad.showPatch(cover)
    showTool()
  }
  for (const link of page.querySelectorAll("[data-move]")) setLink(link, moves[link.dataset.move])
  for (const link of page.querySelectorAll("[data-kernel]")) link.href = withField(canonical, "edit", link.dataset.kernel)
  for (const output of page.querySelectorAll("[data-value]")) output.textContent = values[output.dataset.value]
  for (const link of page.querySelectorAll(".samples a")) mark(link, link.getAttribute("href") === canonical)
  layers.find(({ name }) => name === "f6").strike(struck)
}

// What leads no further leads to where one is.
function setLink(link, to) {
  link.setAttribute("href", to ?? address())
  if (to) link.removeAttribute("aria-disabled")
  else link.setAttribute("aria-disabled", "true")
}

function mark(link, isCurrent) {
  if (isCurrent) link.setAttribute("aria-current", "true")
  else link.removeAttribute("aria-current")
}

function showLayer(data) {
  if (data.name !== "output") layers.find(({ name }) => name === data.name).show(data)
  else if (data.network === "lenet5") logits = data.y
}

function end() {
  linkUnits()
  kernels.follow()
  why.follow()
}

// The links of all maps follow the drawing: each leads to the unit that answers most, until one is pointed at.
function linkUnits() {
  for (const layer of layers)
    for (const map of layer.maps) map.href = unitOf(address(), layer.name, layer.unit(map, layer.strongest(map)).unit)
  for (const link of page.querySelectorAll("[data-unit]")) link.href = unitOf(address(), "output", link.dataset.unit)
  for (const link of page.querySelectorAll("[data-score]")) link.href = unitOf(address(), "scores", link.dataset.score)
  inspect.say()
}

page.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go], [data-kernel], [data-close]")
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  if (!link.hasAttribute("aria-disabled")) go(() => link.getAttribute("href"), link.hasAttribute("data-go") ? "push" : "replace")
})

for (const button of page.querySelectorAll("[data-tool]")) {
  button.hidden = false
  button.addEventListener("click", () => {
    pad.take(button.dataset.tool)
    showTool()
  })
}

function showTool() {
  for (const each of page.querySelectorAll("[data-tool]")) each.setAttribute("aria-pressed", String(each.dataset.tool === pad.tool))
  page.querySelector("[data-move=cover]").classList.toggle("chosen", pad.covers)
}

addEventListener("popstate", () => go(() => location.pathname + location.search, null))

page.classList.add("alive")
go(address, "replace")
