// Choosing a unit: its number, what it sees of the digit, and the way to its sum.
//
// What is chosen stays until something else is: a finger and a key leave a unit before they reach the link. Only a
// mouse that points beyond the layers lets go, and whoever draws.

import { unitOf } from "./address.js"
import { numbers } from "./layer.js"
import { Way } from "./way.js"
import { words } from "./words.js"

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
const UNITS = "[data-map], [data-unit]" // the maps, and the bars of the verdict
const REST = 300 // milliseconds after which a pointer that stands still is where it wanted to be

export class Inspect {
  // `address()` is the drawing's own; `see(square)` outlines what a unit sees; `logits()` are behind the bars;
  // `chosen(layer, unit)` says which map, or single unit, is chosen, or null.
  constructor(page, layers, { address, see, logits, chosen }) {
    Object.assign(this, { address, see, logits, onChosen: chosen })
    this.layers = new Map(layers.flatMap((layer) => layer.maps.map((map) => [map, layer])))
    this.bar = page.querySelector("[data-readout-bar]")
    this.link = this.bar.querySelector("[data-open]")
    this.hint = this.bar.querySelector("[data-readout]").textContent
    this.spot = Object.assign(document.createElement("span"), { className: "spot", hidden: true })
    this.chosen = null // { element, cell }: a map and a cell of it, or a bar
    this.way = new Way(() => this.link.getBoundingClientRect())
    this.isTouched = false
    document.addEventListener("pointermove", (event) => event.pointerType !== "touch" && this.move(event))
    page.addEventListener("pointerdown", (event) => this.press(event))
    page.addEventListener("focusin", ({ target }) => this.focus(target))
    page.addEventListener("keydown", (event) => this.key(event))
    // A finger covers what it points at: it chooses first, and the link beside the words opens.
    page.addEventListener("click", (event) => this.isTouched && event.target.closest("[data-map]") && event.preventDefault())
  }

  move(event) {
    clearTimeout(this.resting)
    if (this.bar.contains(event.target)) return
    if (this.way.isOn(event)) this.resting = setTimeout(() => this.point(event), REST)
    else this.point(event)
  }

  point(event) {
    const unit = this.under(event)
    if (unit) this.choose(unit, event)
    else if (!event.target.closest(".layers, .heat")) this.leave()
  }

  press(event) {
    this.isTouched = event.pointerType === "touch"
    const unit = this.under(event)
    if (unit) this.choose(unit, this.isTouched ? null : event)
    else if (event.target.closest("[data-pad]")) this.letGo()
  }

  focus(element) {
    if (element.matches("[data-pad]")) this.letGo()
    else if (element.matches(UNITS) && element.matches(":focus-visible")) this.choose({ element, cell: null })
  }

  key(event) {
    this.isTouched = false
    const step = STEPS[event.key]
    const map = event.target
    if (!step || !this.layers.has(map) || this.chosen?.element !== map) return
    event.preventDefault()
    const { rows, cols } = numbers(map)
    const [row, col] = this.chosen.cell
    this.choose({ element: map, cell: [clamp(row + step[0], rows), clamp(col + step[1], cols)] })
  }

  // The unit that a pointer is on.
  under(event) {
    const element = event.target.closest(UNITS)
    return element && { element, cell: this.layers.has(element) ? cellAt(element, event) : null }
  }

  // Of a map without a cell, the one that answers most; `from` is where the mouse is that chooses.
  choose({ element, cell }, from = null) {
    const layer = this.layers.get(element)
    if (!(layer ? layer.y : this.logits())) return // its numbers have not come
    this.chosen = { element, cell: cell ?? layer?.strongest(element) }
    this.say()
    if (from && !this.link.hidden) this.way.start(from)
    else this.way.end()
  }

  // The mouse points at nothing; what the keyboard is at stays.
  leave() {
    const { activeElement } = document
    const isAtUnit = activeElement === this.chosen?.element && activeElement?.matches(":focus-visible")
    if (!isAtUnit && activeElement !== this.link) this.letGo()
  }

  letGo() {
    if (!this.chosen) return
    this.chosen = null
    this.way.end()
    this.see(null)
    this.spot.hidden = true
    this.onChosen(null)
    this.describe(this.hint, null)
  }

  // Again, too, when another drawing's numbers have come.
  say() {
    if (!this.chosen) return
    const { element, cell } = this.chosen
    const layer = this.layers.get(element)
    if (layer) this.sayUnit(layer, element, cell)
    else this.sayLogit(element)
  }

  sayUnit(layer, map, cell) {
    const { unit, sentence, square, map: excited } = layer.unit(map, cell)
    map.href = unitOf(this.address(), layer.name, unit)
    this.place(map, cell)
    this.see(square)
    this.onChosen(layer.name, excited)
    this.describe(sentence, map.href)
  }

  // A bar of the verdict: the logit behind its share.
  sayLogit(bar) {
    const digit = Number(bar.dataset.unit)
    this.see(null)
    this.spot.hidden = true
    this.onChosen("output", digit)
    this.describe(words.logit(digit, this.logits()[digit]), bar.href)
  }

  place(map, [row, col]) {
    const { rows, cols } = numbers(map)
    map.append(this.spot)
    this.spot.hidden = false
    const style = { width: `calc(${100 / cols}% + 4px)`, height: `calc(${100 / rows}% + 4px)` }
    Object.assign(this.spot.style, style, { left: `calc(${(100 * col) / cols}% - 2px)`, top: `calc(${(100 * row) / rows}% - 2px)` })
  }

  describe(sentence, address) {
    this.bar.classList.toggle("says", sentence !== this.hint)
    this.bar.querySelector("[data-readout]").textContent = sentence
    this.link.hidden = !address
    if (address) this.link.href = address
  }
}

function cellAt(map, { clientX, clientY }) {
  const { rows, cols } = numbers(map)
  const { left, top, width, height } = map.getBoundingClientRect()
  return [clamp(Math.floor(((clientY - top) / height) * rows), rows), clamp(Math.floor(((clientX - left) / width) * cols), cols)]
}

const clamp = (place, size) => Math.min(size - 1, Math.max(0, place))
