// Pointing at a unit: its number, what it sees of the digit, and the way to its sum.

import { unitOf } from "./address.js"
import { numbers } from "./layer.js"
import { words } from "./words.js"

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

export class Inspect {
  // `address()` is the drawing's own; `see(square)` outlines what a unit sees.
  constructor(layers, { bar, address, see }) {
    Object.assign(this, { layers, bar, address, see })
    this.hint = bar.querySelector("[data-readout]").textContent
    this.spot = Object.assign(document.createElement("span"), { className: "spot", hidden: true })
    this.chosen = null // { layer, map, cell }
    for (const layer of layers) for (const map of layer.maps) this.listen(layer, map)
  }

  listen(layer, map) {
    map.addEventListener("pointermove", (event) => event.pointerType !== "touch" && this.choose(layer, map, cellAt(map, event)))
    map.addEventListener("pointerdown", (event) => this.choose(layer, map, cellAt(map, event)))
    map.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && this.leave())
    map.addEventListener("focus", () => map.matches(":focus-visible") && layer.y && this.choose(layer, map, layer.strongest(map)))
    map.addEventListener("blur", () => this.leave())
    map.addEventListener("keydown", (event) => this.key(event, layer, map))
    // A finger covers what it points at: it chooses first, and the button beside the words opens.
    map.addEventListener("click", (event) => event.pointerType === "touch" && event.preventDefault())
  }

  key(event, layer, map) {
    const step = STEPS[event.key]
    if (!step || this.chosen?.map !== map) return
    event.preventDefault()
    const { rows, cols } = numbers(map)
    const [row, col] = this.chosen.cell
    this.choose(layer, map, [clamp(row + step[0], rows), clamp(col + step[1], cols)])
  }

  choose(layer, map, cell) {
    if (!layer.y) return
    this.chosen = { layer, map, cell }
    this.say()
  }

  leave() {
    if (this.chosen && this.chosen.map === document.activeElement && this.chosen.map.matches(":focus-visible")) return
    this.chosen = null
    this.see(null)
    this.spot.hidden = true
    this.tell(this.hint, null)
  }

  // Again, too, when another drawing's numbers have come.
  say() {
    if (!this.chosen) return
    const { layer, map, cell } = this.chosen
    const { unit, sentence, square } = layer.unit(map, cell)
    const isLink = map.matches("a")
    if (isLink) map.href = unitOf(this.address(), layer.name, unit)
    this.place(map, cell)
    this.see(square)
    this.tell(sentence, isLink ? map.href : null)
  }

  place(map, [row, col]) {
    const { rows, cols } = numbers(map)
    map.append(this.spot)
    this.spot.hidden = false
    const style = { width: `calc(${100 / cols}% + 4px)`, height: `calc(${100 / rows}% + 4px)` }
    Object.assign(this.spot.style, style, { left: `calc(${(100 * col) / cols}% - 2px)`, top: `calc(${(100 * row) / rows}% - 2px)` })
  }

  tell(sentence, address) {
    const open = this.bar.querySelector("[data-open]")
    this.bar.classList.toggle("says", sentence !== this.hint)
    this.bar.querySelector("[data-readout]").textContent = sentence
    open.hidden = !address
    if (address) open.href = address
  }

  // A bar of the verdict: the logit behind its share.
  tellLogits(bars, logits) {
    for (const bar of bars) {
      const digit = Number(bar.dataset.unit)
      const show = () => logits() && this.tell(words.logit(digit, logits()[digit]), bar.href)
      for (const event of ["pointerenter", "focus"]) bar.addEventListener(event, show)
      for (const event of ["pointerleave", "blur"]) bar.addEventListener(event, () => this.leave())
    }
  }
}

function cellAt(map, { clientX, clientY }) {
  const { rows, cols } = numbers(map)
  const { left, top, width, height } = map.getBoundingClientRect()
  return [clamp(Math.floor(((clientY - top) / height) * rows), rows), clamp(Math.floor(((clientX - left) / width) * cols), cols)]
}

const clamp = (place, size) => Math.min(size - 1, Math.max(0, place))
