// What would change the answer: a heat map for each network. It fills where a patch of paper has been, or at once;
// or it shows the gradient of a score.

import { patiently } from "../patience.js"
import { field, pixelOf, whyOf, withField, without } from "./address.js"
import { paint } from "./canvas.js"
import { words } from "./words.js"

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
const SIDE = 28
const PLACES = 24 // where the upper left corner of a patch of five cells may lie, along one side

export class Why {
  // `address()` is the drawing's own; `go(to)` follows the address `to()`; `see(square)` outlines cells of the digit;
  // `describe(sentence, link)` says what is pointed at; `passes(event)` is whether a pointer is on its way elsewhere.
  constructor(section, { address, go, see, describe, passes, fetch = patiently }) {
    Object.assign(this, { section, address, go, see, describe, passes, fetch })
    this.heats = new Map([...section.querySelectorAll("[data-heat]")].map((link) => [link.dataset.heat, new Heat(link)]))
    this.about = section.querySelector(".about")
    this.digit = null // what LeNet reads without the patch
    this.key = null // of which drawing the places are
    this.asked = ""
    for (const [network, { link }] of this.heats) this.listen(network, link)
    for (const chip of section.querySelectorAll("[data-ask]")) chip.addEventListener("click", (event) => this.choose(event, chip))
  }

  listen(network, link) {
    link.addEventListener("pointermove", (event) => this.passes(event) || this.point(network, cellAt(link, this.sides, event)))
    link.addEventListener("pointerleave", () => this.leave())
    link.addEventListener("focus", () => link.matches(":focus-visible") && this.point(network, this.chosen?.cell ?? [8, 9]))
    link.addEventListener("blur", () => this.leave())
    link.addEventListener("keydown", (event) => this.walk(network, event))
    link.addEventListener("click", (event) => this.open(network, link, event))
  }

  get kind() {
    return field(this.address(), "why") ?? ""
  }

  get sides() {
    return this.kind === "saliency" ? SIDE : PLACES
  }

  choose(event, chip) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const isOn = chip.dataset.ask === this.kind
    this.go(() => (isOn ? without(this.address(), "why") : withField(this.address(), "why", chip.dataset.ask)))
  }

  // A verdict has come: the place of the patch gets its share.
  visit(network, { probabilities, before }, cover) {
    const heat = this.heats.get(network)
    if (this.key !== this.drawing()) this.forget()
    if (network === "lenet5") this.digit = before
    if (cover && before !== null) heat.visit(cover, 1 - probabilities[before])
  }

  forget() {
    this.key = this.drawing()
    for (const heat of this.heats.values()) heat.clear()
    this.asked = ""
  }

  drawing() {
    return without(this.address(), "cover", "edit", "why")
  }

  // All has been answered: what the address asks for is fetched and shown.
  async follow() {
    const kind = this.kind
    for (const chip of this.section.querySelectorAll("[data-ask]")) {
      chip.toggleAttribute("aria-current", chip.dataset.ask === kind)
      if (chip.dataset.ask === kind) this.about.textContent = chip.dataset.about
      chip.setAttribute("href", withField(this.address(), "why", chip.dataset.ask))
    }
    if (!kind) this.about.textContent = words.cover(this.digit)
    const source = whyOf(kind === "occlusion" ? without(this.address(), "cover") : this.address(), kind)
    if (kind && this.asked !== source) await this.load(kind, source)
    else this.show()
  }

  async load(kind, source) {
    this.asked = source
    this.section.setAttribute("aria-busy", "true")
    const response = await this.fetch(source).catch(() => null)
    const data = response?.ok ? await response.json() : null
    this.section.removeAttribute("aria-busy")
    if (this.asked !== source) return
    if (!data) return this.describe(words.failed, null)
    this.target = data.target
    for (const [network, heat] of this.heats) heat.complete(kind, data[network])
    this.show()
  }

  show() {
    for (const heat of this.heats.values()) heat.show(this.kind)
  }

  point(network, cell) {
    this.chosen = { network, cell }
    const [row, col] = cell
    const link = this.heats.get(network).link
    const isGradient = this.kind === "saliency"
    this.see({ size: isGradient ? 1 : SIDE - PLACES + 1, row, col })
    const value = this.heats.get(network).value(this.kind, cell)
    link.href = isGradient ? pixelOf(this.address(), network, this.target, cell) : withField(this.address(), "cover", `${row},${col}`)
    this.describe(isGradient ? words.gradient(this.target, cell, value) : words.place(cell, value), isGradient ? link.href : null)
  }

  leave() {
    if (!this.chosen) return
    this.chosen = null
    this.see(null)
  }

  walk(network, event) {
    const step = STEPS[event.key]
    if (!step || !this.chosen) return
    event.preventDefault()
    this.point(network, this.chosen.cell.map((place, axis) => Math.min(this.sides - 1, Math.max(0, place + step[axis]))))
  }

  // A place of the patch is gone to here; a gradient's sum is another page.
  open(network, link, event) {
    if (event.clientX) this.point(network, cellAt(link, this.sides, event))
    if (this.kind === "saliency" || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const to = link.getAttribute("href")
    this.go(() => to)
  }
}

class Heat {
  constructor(link) {
    this.link = link
    this.clear()
  }

  clear() {
    this.places = new Array(PLACES * PLACES).fill(NaN)
    this.gradient = null
  }

  visit([row, col], lost) {
    this.places[row * PLACES + col] = lost
  }

  complete(kind, { probabilities, gradient }) {
    if (kind === "occlusion") this.places = probabilities ? probabilities.values.flat().map((share) => 1 - share) : this.places
    else this.gradient = gradient.values.flat()
  }

  value(kind, [row, col]) {
    return kind === "saliency" ? this.gradient?.[row * SIDE + col] : this.places[row * PLACES + col]
  }

  show(kind) {
    const isGradient = kind === "saliency" && this.gradient
    if (isGradient) paint(this.canvas(true), this.gradient, 0, SIDE, SIDE, Math.max(...this.gradient.map(Math.abs)))
    else paint(this.canvas(false), this.places, 0, PLACES, PLACES, 1)
  }

  // One for places, one for gradients, as their colours differ.
  canvas(isSigned) {
    const found = this.link.querySelector(isSigned ? "canvas[data-signed]" : "canvas:not([data-signed])") ?? document.createElement("canvas")
    if (isSigned) found.dataset.signed = ""
    if (!found.isConnected || this.link.children.length > 1) this.link.replaceChildren(found)
    return found
  }
}

function cellAt(link, sides, { clientX, clientY }) {
  const { left, top, width, height } = link.getBoundingClientRect()
  return [(clientY - top) / height, (clientX - left) / width].map((share) => Math.min(sides - 1, Math.max(0, Math.floor(share * sides))))
}
