// Frames → the page. Knows planes and frames, no operation: what a frame names is drawn, what it does not is cleared.

import { show } from "./equation/line.js"
import { setText, short } from "./format.js"
import { Drawing } from "./drawing.js"
import { CELL, Plane, element } from "./plane.js"

// The acts of one step, as shares of its time: glide, multiply in reading order, collapse into the sum, fly to the output.
const GLIDED = 0.22
const MULTIPLIED = 0.64
const COLLAPSED = 0.78

const BLINK = 6 // frames

const LONGEST_WEIGHT = 3 // characters that fit into a corner of a cell

export class Painter {
  constructor(root) {
    this.root = root
    this.refresh()
  }

  // Finds the planes again: the page may have been morphed under us.
  refresh() {
    this.drawing = new Drawing(this.root.querySelector("svg.drawing"))
    this.planes = new Map(this.drawing.sheets.map(({ plane }) => [plane.dataset.plane, new Plane(plane)]))
    this.equation = this.root.querySelector("[data-equation]")
    this.choices = [...this.root.querySelectorAll("[data-leads]")].filter((link) => link.querySelector("img"))
    this.flying = this.drawing.svg.querySelector(".flying") ?? this.drawing.svg.appendChild(makeFlying())
    this.measure()
  }

  measure() {
    this.drawing.fit(this.planes)
  }

  get shown() {
    const numbers = (grid) => [...this.planes.keys()].filter((id) => id.startsWith(`${grid}.`)).map((id) => Number(id.split(".")[1]))
    return { channels: numbers("x"), filters: numbers("y") }
  }

  // One moment: `frame` with `phase` of its time gone, coming from `previous`.
  // `complete` shows all outputs; `hold` keeps the last one back, to be predicted.
  // Where several steps pass in the blink of an eye, nobody reads their equations, and few of them are written.
  paint(frame, { previous = null, phase = 1, complete = false, hold = false, isBrief = false, settings }) {
    this.turnTo(frame)
    this.reveal(frame, { complete, pending: phase < 1 || hold })
    this.outline(frame, { previous, share: ease(Math.min(phase / GLIDED, 1)), crowned: phase > MULTIPLIED && !hold })
    this.multiply(frame, phase)
    this.passed = isBrief ? this.passed + 1 : 0
    if (this.passed % BLINK === 0) this.write(frame, { pending: phase < COLLAPSED || hold, settings })
    this.label(frame, phase)
    this.fly(frame, hold ? 1 : phase)
    this.link(frame, phase)
  }

  // What a step reads and writes comes forward. While something else is pointed at, all stays where it is.
  turnTo({ outlines }) {
    const numbers = (wanted, grid) =>
      outlines.filter(({ role, plane }) => role === wanted && plane.startsWith(`${grid}.`)).map(({ plane }) => Number(plane.split(".")[1]))
    const [filter] = numbers("output", "y")
    if (filter === undefined) return
    const channels = numbers("window", "x")
    if (this.drawing.show(filter)) this.choices.forEach((link) => mark(link, Number(link.dataset.index) === filter))
    if (!channels.includes(this.drawing.front[this.drawing.layout] ?? this.drawing.large)) this.drawing.bring(channels[0])
  }

  reveal(frame, { complete, pending }) {
    for (const { plane, shown } of frame.fills) {
      if (shown === undefined) continue
      const holdsBack = pending && this.outputOf(frame, plane) && !complete ? 1 : 0
      this.planes.get(plane)?.reveal(complete ? Infinity : shown - holdsBack)
    }
  }

  // Whether this plane is the one that the frame writes to (the output, or its activation).
  outputOf(frame, plane) {
    const output = frame.outlines.find(({ role }) => role === "output")
    return output && plane.split(".")[1] === output.plane.split(".")[1]
  }

  outline(frame, { previous, share, crowned = true }) {
    const drawn = new Set()
    const winners = frame.outlines.filter(({ role }) => crowned && role === "winner")
    for (const [id, plane] of this.planes) plane.crown(winners.find((winner) => winner.plane === id)?.cells[0])
    for (const { plane, cells, role, through } of frame.outlines) {
      if (role === "winner") continue
      const from = role === "window" ? previous?.outlines.find((outline) => outline.plane === plane)?.cells : undefined
      const weights = through ? this.weightsThrough(through) : role === "window" ? this.weightsFor(frame, plane) : null
      this.planes.get(plane)?.overlay.show(cells, { from, share, weights, boxed: role !== "cells" })
      drawn.add(plane)
    }
    for (const [id, plane] of this.planes) if (!drawn.has(id)) plane.overlay.hide()
  }

  // The weights that lie on the window of an input plane, where they fit into the corners of its cells.
  weightsFor(frame, plane) {
    const drawn = this.kernelFor(frame, plane)
    const [kernel, window] = [drawn?.id, plane].map((id) => frame.outlines.find((outline) => outline.plane === id))
    const isWhole = drawn && !drawn.isPicture && kernel.cells.length === window.cells.length
    const texts = isWhole ? kernel.cells.map((cell) => drawn.textOf(cell)) : null
    return texts?.every((text) => text.length <= LONGEST_WEIGHT) ? texts : null
  }

  // The weights that take a number to each of the results that it reaches: several, where the rim repeats the number.
  weightsThrough({ plane, places }) {
    const drawn = this.planes.get(plane)
    const sum = (texts) => texts.join("+").replaceAll("+−", "−")
    return drawn && !drawn.isPicture ? places.map((each) => sum(each.map((place) => drawn.textOf(place)))) : null
  }

  // The kernel that lies on the window of an input plane.
  kernelFor(frame, plane) {
    const of = (role) => frame.outlines.filter((outline) => outline.role === role)
    return this.planes.get(of("kernel")[of("window").findIndex((outline) => outline.plane === plane)]?.plane)
  }

  multiply(frame, phase) {
    const share = Math.min(Math.max((phase - GLIDED) / (MULTIPLIED - GLIDED), 0), 1)
    const collapse = phase >= 1 ? 0 : Math.min(Math.max((phase - MULTIPLIED) / (COLLAPSED - MULTIPLIED), 0), 1)
    for (const [id, plane] of this.planes) {
      if (plane.role === "m") this.enlarge(plane, frame)
      if (plane.role !== "p") continue
      const fill = frame.fills.find((fill) => fill.plane === id)
      plane.svg.classList.toggle("idle", !fill)
      if (!fill) continue
      if (plane.isPicture) {
        plane.redraw(fill.values)
        continue
      }
      plane.write(fill.values)
      plane.light(phase >= 1 ? Infinity : Math.ceil(share * fill.values.length))
      const group = plane.svg.querySelector(".cells")
      group.style.transform = collapse ? `scale(${1 - 0.35 * ease(collapse)})` : ""
      group.style.transformOrigin = `${(plane.cols * CELL) / 2}px ${(plane.rows * CELL) / 2}px`
    }
  }

  // What lies in the window of data whose cells are too small to be read.
  enlarge(plane, { outlines }) {
    const data = plane.id.replace("m", "x")
    const window = outlines.find((outline) => outline.plane === data && outline.role === "window")
    if (window?.cells.length === plane.cells.length) plane.write(window.cells.map((cell) => this.root.steps.value(data, cell)))
  }

  write(frame, { pending, settings }) {
    show(this.equation, frame.equation, settings)
    this.equation.classList.toggle("pending", pending)
  }

  label(frame, phase) {
    const { sheets } = this.drawing
    for (const { group, channel } of sheets) {
      const place = group.querySelector(".subtotal")
      if (!place) continue
      const slices = sheets.filter((sheet) => sheet.channel === channel).map(({ plane }) => plane.dataset.plane)
      const label = frame.labels.find(({ plane }) => slices.includes(plane))
      setText(place, label && phase >= MULTIPLIED ? `Σ = ${short(label.value)}` : "")
    }
  }

  // The sum leaves the product grid and lands on its output.
  fly(frame, phase) {
    const output = frame.outlines.find(({ role }) => role === "output")
    const target = output && this.planes.get(output.plane)
    const sources = frame.links.filter(({ role, end }) => role === "output" && end === output?.plane)
    const source = sources.map(({ start }) => this.planes.get(start)).findLast((plane) => plane?.isVisible)
    const flies = phase > MULTIPLIED && phase < 1 && target?.isVisible && source !== undefined
    this.flying.style.display = flies ? "" : "none"
    if (!flies) return
    const share = ease(Math.max((phase - COLLAPSED) / (1 - COLLAPSED), 0))
    const [from, to] = [this.sumPlace(source.box, sources.length), centre(target.boxOf(output.cells[0]))]
    moveTo(this.flying, short(frame.equation.y), from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
  }

  // Where a sum waits: beside the products, or under the sums of the channels.
  sumPlace(products, channels) {
    return channels > 1 ? { x: products.right + 46, y: products.bottom + 4 } : { x: products.right + 34, y: middle(products) }
  }

  // From beside the window to its products, until they shrink.
  link(frame, phase) {
    const isLoose = phase < GLIDED || (phase > MULTIPLIED && phase < 1)
    const drawn = isLoose ? null : frame
    if (drawn === this.linked && this.linkedIn === this.drawing.state) return
    Object.assign(this, { linked: drawn, linkedIn: this.drawing.state })
    this.drawing.links.replaceChildren(...(isLoose ? [] : frame.links.flatMap((link) => this.curves(frame, link))))
  }

  // In the space between the planes: no line crosses a number. Where a sum goes, its own flight says.
  curves(frame, { start, end, role }) {
    const from = this.planes.get(start)
    const cells = frame.outlines.find(({ plane }) => plane === start)?.cells
    if (role !== "window" || !from?.isVisible || !cells?.length) return []
    const [window, data] = [from.boxOf(cells[0], cells.at(-1)), from.box]
    const beside = [this.planes.get(end), this.kernelFor(frame, start)].filter((plane) => plane?.isVisible && isBeside(plane.box, data))
    if (!beside.length) return []
    const to = beside.reduce((near, plane) => (plane.box.left < near.box.left ? plane : near)).box
    return [
      this.curve(data.right, window.top, to.left, to.top, from.overlay.colour),
      this.curve(data.right, window.bottom, to.left, to.bottom, from.overlay.colour),
    ]
  }

  curve(x1, y1, x2, y2, colour) {
    const bend = Math.max(Math.abs(x2 - x1) / 2, 10)
    const d = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
    return element("path", { d, fill: "none", stroke: colour, "stroke-width": 1.2, "stroke-opacity": 0.6 })
  }
}

export const ease = (share) => share * share * (3 - 2 * share)

const isBeside = (box, data) => box.left >= data.right && box.top < data.bottom && box.bottom > data.top

export const middle = ({ top, bottom }) => (top + bottom) / 2

export const centre = ({ left, right, top, bottom }) => ({ x: (left + right) / 2, y: (top + bottom) / 2 })

const mark = (link, isChosen) => (isChosen ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"))

// A number on its way, on a ground of its own.
export function makeFlying(name = "flying") {
  const made = element("g", { class: name, "aria-hidden": "true" })
  made.style.display = "none"
  made.append(element("rect", { y: -13, height: 26, rx: 13 }), element("text", { y: 6, "text-anchor": "middle", "font-size": 17, "font-weight": 700 }))
  return made
}

export function moveTo(flying, text, x, y) {
  const [ground, number] = flying.children
  if (number.textContent !== text) {
    const width = 20 + 10 * text.length
    number.textContent = text
    ground.setAttribute("x", -width / 2)
    ground.setAttribute("width", width)
  }
  flying.style.transform = `translate(${x}px, ${y}px)`
}
