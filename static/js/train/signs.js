// Two new signs: what is drawn is sent, and both networks learn it from scratch.

import { root } from "../root.js"
import { setText } from "../format.js"
import { SIDE } from "../live/brush.js"
import { Pad } from "../live/pad.js"
import { patiently } from "../patience.js"
import { curve, spellMany } from "./drawings.js"
import { words } from "./words.js"

const PAUSE = 350 // milliseconds without a stroke, after which the networks learn
const page = document.querySelector("[data-signs]")
const hint = page.querySelector("[data-hint]")
const own = page.querySelector("[data-own]")
const pads = { a: [], b: [], x: [] }
let timer = null
let asked = 0

const prepared = Promise.all([...page.querySelectorAll("[data-pad]")].map(prepare))
own.hidden = false
own.addEventListener("click", clear)

// The server's pictures stay until one draws: then their pixels are what is drawn on.
async function prepare(element) {
  const { greys } = element.dataset
  const pad = new Pad(element, { drawn: changed, says: (sentence) => setText(hint, sentence) })
  pads[element.dataset.pad].push(pad)
  if (greys) pad.show(await pixelsOf(greys))
}

async function pixelsOf(source) {
  const image = new Image()
  image.src = source
  await image.decode()
  const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE })
  const context = canvas.getContext("2d")
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, SIDE, SIDE)
  return Array.from({ length: SIDE * SIDE }, (_, cell) => data[4 * cell])
}

function clear() {
  for (const pad of Object.values(pads).flat()) {
    pad.pixels = new Array(SIDE * SIDE).fill(0)
    pad.draw()
  }
  setText(hint, words.drawSigns(10))
  pads.a[0].element.focus()
}

// Whoever draws at once waits for the pictures that are still being read.
async function changed() {
  await prepared
  clearTimeout(timer)
  const missing = [...pads.a, ...pads.b].filter(isEmpty).length
  if (missing) setText(hint, words.drawSigns(missing))
  else timer = setTimeout(learn, PAUSE)
}

const isEmpty = (pad) => pad.pixels.every((shade) => shade === 0)

async function learn() {
  const mine = ++asked
  setText(hint, words.learning)
  const body = { a: spellMany(pads.a), b: spellMany(pads.b) }
  if (!isEmpty(pads.x[0])) body.x = spellMany(pads.x)
  try {
    const response = await patiently(`${root}/train/signs.json`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })
    const answer = await response.json()
    if (mine !== asked) return
    if (!response.ok) throw new Error(answer.detail?.[0]?.msg)
    show(answer)
    setText(hint, words.learned(answer))
  } catch (error) {
    if (mine === asked) setText(hint, error.message || words.lost)
  }
}

function show(answer) {
  for (const side of page.querySelectorAll("[data-side]")) {
    const { loss, known, probabilities } = answer[side.dataset.side]
    setText(side.querySelector("[data-known]"), `${Math.round(100 * known)}\u202f%`)
    side.querySelector("[data-loss]").setAttribute("points", curve(loss))
    for (const [place, sign] of ["a", "b"].entries()) {
      const share = probabilities?.[place] ?? 0
      side.querySelector(`[data-share="${sign}"]`).setAttribute("width", 100 * share)
      setText(side.querySelector(`[data-percent="${sign}"]`), probabilities ? `${Math.round(100 * share)} %` : "–")
    }
  }
}
