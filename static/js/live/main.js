// The page of the network that runs: a drawing becomes an address, its answer streams in, and the page shows it.

import { drawn, unitOf } from "./address.js"
import { Answers } from "./answers.js"
import { spell } from "./brush.js"
import { Inspect } from "./inspect.js"
import { Layer } from "./layer.js"
import { Pad } from "./pad.js"
import { showVerdict } from "./verdict.js"
import { words } from "./words.js"

const PAUSE = 130 // milliseconds between two layers, where one shall see them come
const page = document.querySelector(".live")
const isStill = matchMedia("(prefers-reduced-motion: reduce)")

const layers = [...page.querySelectorAll("[data-row]")].map((row) => new Layer(row))
const verdicts = [...page.querySelectorAll("[data-verdict]")]
const address = () => page.dataset.address
let logits = null

const answers = new Answers({
  take,
  failed,
  busy: (isBusy) => page.setAttribute("aria-busy", String(isBusy)),
})
const pad = new Pad(page.querySelector("[data-pad]"), { drawn: ask, says: (sentence) => inspect.tell(sentence, null) })
const inspect = new Inspect(page, layers, { address, see: (square) => pad.see(square), logits: () => logits })

// A stroke is one entry of the history: its first answer is pushed, every further one takes its place.
function ask(pixels, { begins }) {
  answers.ask({ address: drawn(address(), spell(pixels)), history: begins ? "push" : "replace" })
}

function go(to, history) {
  answers.ask({ address: to, history })
}

function failed() {
  for (const part of page.querySelectorAll(".waiting")) part.classList.remove("waiting")
  inspect.tell(words.failed, null)
}

const wait = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds))

async function take(name, data, question) {
  if (name === "digit") return follow(data, question)
  if (question.isFirst && !isStill.matches) await wait(PAUSE)
  if (name === "layer") showLayer(data)
  if (name === "verdict") showVerdict(page.querySelector(`[data-verdict="${data.network}"]`), data)
  if (name === "end") linkUnits()
}

function follow({ address: canonical, pixels, moves }, { history }) {
  page.dataset.address = canonical
  if (history && canonical !== location.pathname + location.search) globalThis.history[`${history}State`](null, "", canonical)
  if (!answers.next) pad.show(pixels)
  for (const link of page.querySelectorAll("[data-move]")) setLink(link, moves[link.dataset.move])
  for (const link of page.querySelectorAll(".samples a")) mark(link, link.getAttribute("href") === canonical)
}

function setLink(link, to) {
  if (to) {
    link.setAttribute("href", to)
    link.removeAttribute("aria-disabled")
  } else {
    link.removeAttribute("href")
    link.setAttribute("aria-disabled", "true")
  }
}

function mark(link, isCurrent) {
  if (isCurrent) link.setAttribute("aria-current", "true")
  else link.removeAttribute("aria-current")
}

function showLayer(data) {
  if (data.name !== "output") layers.find(({ name }) => name === data.name).show(data)
  else if (data.network === "lenet5") logits = data.y
}

// The links of all maps follow the drawing: each leads to the unit that answers most, until one is pointed at.
function linkUnits() {
  for (const layer of layers)
    for (const map of layer.maps)
      if (map.matches("a")) map.href = unitOf(address(), layer.name, layer.unit(map, layer.strongest(map)).unit)
  for (const link of page.querySelectorAll("[data-unit]")) link.href = unitOf(address(), "output", link.dataset.unit)
  inspect.say()
}

page.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go]")
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  if (link.hasAttribute("href")) go(link.getAttribute("href"), "push")
})

for (const button of page.querySelectorAll("[data-tool]")) {
  button.hidden = false
  button.addEventListener("click", () => {
    pad.tool = button.dataset.tool
    for (const each of page.querySelectorAll("[data-tool]")) each.setAttribute("aria-pressed", String(each === button))
  })
}

addEventListener("popstate", () => go(location.pathname + location.search, null))

for (const part of [...layers.map(({ row }) => row), ...verdicts]) part.classList.add("waiting")
page.classList.add("alive")
answers.ask({ address: address(), history: "replace", isFirst: true })
