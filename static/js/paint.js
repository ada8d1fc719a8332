// Frames → the page. Knows planes and frames, no operation: what a frame names is drawn, what it does not is cleared.

import { mathml } from "./equation/mathml.js"
import { sumTree } from "./equation/tree.js"
import { short } from "./format.js"
import { CELL, Plane, element } from "./plane.js"

// The acts of one step, as shares of its time: glide, multiply in reading order, collapse into the sum, fly to the output.
const GLIDED = 0.22
const MULTIPLIED = 0.64
const COLLAPSED = 0.78

export class Painter {
  constructor(root) {
    this.root = root
    this.refresh()
  }

  // Finds the planes again: the page may have been morphed under us.
  refresh() {
    this.planes = new Map([...this.root.querySelectorAll("svg.plane")].map((svg) => [svg.dataset.plane, new Plane(svg)]))
    this.links = this.root.querySelector("svg.links")
    this.equation = this.root.querySelector("[data-equation]")
    this.bubble = this.root.querySelector(".bubble") ?? this.root.appendChild(makeBubble())
    this.isTable = this.root.querySelector("table.channels") !== null
    this.isLine = this.root.querySelector(".line") !== null // a row of cells: the planes lie under each other
    this.measure()
  }

  measure() {
    for (const plane of this.planes.values()) plane.measure()
    this.origin = this.root.getBoundingClientRect()
    this.links.setAttribute("viewBox", `0 0 ${this.origin.width} ${this.origin.height}`)
  }

  get shown() {
    const numbers = (grid) => [...this.planes.keys()].filter((id) => id.startsWith(`${grid}.`)).map((id) => Number(id.split(".")[1]))
    return { channels: numbers("x"), filters: numbers("y") }
  }

  // One moment: `frame` with `phase` of its time gone, coming from `previous`.
  // `complete` shows all outputs; `hold` keeps the last one back, to be predicted.
  paint(frame, { previous = null, phase = 1, complete = false, hold = false, settings }) {
    this.reveal(frame, { complete, pending: phase < 1 || hold })
    this.outline(frame, { previous, share: ease(Math.min(phase / GLIDED, 1)), crowned: phase > MULTIPLIED && !hold })
    this.multiply(frame, phase)
    this.write(frame, { pending: phase < COLLAPSED || hold, settings })
    this.label(frame, phase)
    this.fly(frame, hold ? 1 : phase)
    this.link(frame, phase)
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
    for (const { plane, cells, role } of frame.outlines) {
      if (role === "winner") continue
      const from = role === "window" ? previous?.outlines.find((outline) => outline.plane === plane)?.cells : undefined
      const weights = role === "window" ? this.weightsFor(frame, plane) : null
      this.planes.get(plane)?.overlay.show(cells, { from, share, weights, boxed: role !== "cells" })
      drawn.add(plane)
    }
    for (const [id, plane] of this.planes) if (!drawn.has(id)) plane.overlay.hide()
  }

  // The weights that lie on the window of an input plane.
  weightsFor(frame, plane) {
    const of = (role) => frame.outlines.filter((outline) => outline.role === role)
    const kernel = of("kernel")[of("window").findIndex((outline) => outline.plane === plane)]
    const drawn = kernel && this.planes.get(kernel.plane)
    return drawn && !drawn.isPicture ? kernel.cells.map((cell) => drawn.textOf(cell)) : null
  }

  multiply(frame, phase) {
    const share = Math.min(Math.max((phase - GLIDED) / (MULTIPLIED - GLIDED), 0), 1)
    const collapse = phase >= 1 ? 0 : Math.min(Math.max((phase - MULTIPLIED) / (COLLAPSED - MULTIPLIED), 0), 1)
    for (const [id, plane] of this.planes) {
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

  write(frame, { pending, settings }) {
    const key = JSON.stringify([frame.equation, settings])
    if (this.equation.dataset.key !== key) {
      this.equation.innerHTML = mathml(this.tree(frame.equation, settings))
      this.equation.dataset.key = key
      this.fit()
    }
    this.equation.classList.toggle("pending", pending)
  }

  tree(equation, settings) {
    return sumTree(equation, settings)
  }

  // The result stands at the end: an equation too wide is written smaller before it is cut off.
  fit() {
    const { equation } = this
    equation.style.fontSize = ""
    const share = equation.clientWidth / equation.scrollWidth
    equation.style.fontSize = share < 1 ? `${Math.max(share - 0.01, 0.6)}em` : ""
  }

  label(frame, phase) {
    for (const place of this.root.querySelectorAll("[data-label]")) {
      const label = frame.labels.find(({ plane }) => plane === place.dataset.label)
      place.textContent = label && phase >= MULTIPLIED ? `Σ = ${short(label.value)}` : ""
    }
    const filter = frame.outlines.find(({ role }) => role === "output")?.plane.split(".")[1]
    for (const cell of this.root.querySelectorAll("[data-filter]")) cell.classList.toggle("active", cell.dataset.filter === filter)
    const rows = new Set(frame.outlines.filter(({ role }) => role === "window").map(({ plane }) => plane.split(".")[1]))
    for (const row of this.root.querySelectorAll("tr[data-channel]")) row.classList.toggle("active", rows.has(row.dataset.channel))
  }

  // The sum leaves the product grid and lands on its output.
  fly(frame, phase) {
    const output = frame.outlines.find(({ role }) => role === "output")
    const target = output && this.planes.get(output.plane)
    const sources = frame.links.filter(({ role, end }) => role === "output" && end === output?.plane)
    const source = this.planes.get(sources.at(-1)?.start)
    const flies = phase > MULTIPLIED && phase < 1 && target?.isVisible && source?.isVisible
    this.bubble.hidden = !flies
    if (!flies) return
    this.bubble.textContent = short(frame.equation.y)
    const share = ease(Math.max((phase - COLLAPSED) / (1 - COLLAPSED), 0))
    const [from, to] = [centre(source.box), centre(target.boxOf(output.cells[0]))]
    const { x, y } = this.inside(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
    this.bubble.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`
  }

  // Curves from the window to the products, and from there to the output; a table shows the way by its columns.
  link(frame, phase) {
    const drawn = this.isTable || phase < GLIDED ? [] : frame.links.flatMap((link) => this.curves(frame, link))
    this.links.replaceChildren(...drawn)
  }

  curves(frame, { start, end, role }) {
    const [from, to] = [this.planes.get(start), this.planes.get(end)]
    if (!from?.isVisible || !to?.isVisible) return []
    const cells = (id) => frame.outlines.find(({ plane }) => plane === id)?.cells ?? [0]
    if (role === "output") return this.toOutput(from.box, to.boxOf(cells(end)[0]), to.box, frame.equation.reduction)
    return this.toProducts(from.boxOf(cells(start)[0], cells(start).at(-1)), to.box)
  }

  toProducts(window, products) {
    const paint = (...ends) => this.curve(...ends, "var(--tap)", 1.2)
    if (this.isLine) {
      return [
        this.drop(window.left, window.bottom, products.left, products.top, "var(--tap)", 1.2),
        this.drop(window.right, window.bottom, products.right, products.top, "var(--tap)", 1.2),
      ]
    }
    return [
      paint(window.right, window.top, products.left, products.top),
      paint(window.right, window.bottom, products.left, products.bottom),
    ]
  }

  toOutput(products, cell, output, reduction) {
    const colour = "var(--output)"
    const [x, y] = this.isLine ? [(products.left + products.right) / 2, products.bottom] : [products.right, middle(products)]
    const line = this.isLine
      ? this.drop(x, y, (cell.left + cell.right) / 2, output.top, colour, 2.5)
      : this.curve(x, y, output.left, middle(cell), colour, 2.5)
    const at = this.inside(x, y)
    const sum = element("text", { x: at.x + 14, y: at.y + (this.isLine ? 20 : -10), fill: colour, class: "sum" })
    sum.textContent = { max: "max", mean: "mean", power: "‖·‖" }[reduction] ?? "Σ"
    return [line, sum]
  }

  // A point of the window as a point of the stage.
  inside(x, y) {
    return { x: x - this.origin.left, y: y - this.origin.top }
  }

  // Like a curve, but downward.
  drop(x1, y1, x2, y2, colour, width) {
    const [a, b] = [this.inside(x1, y1), this.inside(x2, y2)]
    const bend = Math.max((y2 - y1) / 2, 8)
    const d = `M${a.x} ${a.y}C${a.x} ${a.y + bend} ${b.x} ${b.y - bend} ${b.x} ${b.y}`
    return element("path", { d, fill: "none", stroke: colour, "stroke-width": width, "stroke-opacity": 0.7 })
  }

  curve(x1, y1, x2, y2, colour, width) {
    const [a, b] = [this.inside(x1, y1), this.inside(x2, y2)]
    const bend = Math.max(Math.abs(x2 - x1) / 2, 12)
    const d = `M${a.x} ${a.y}C${a.x + bend} ${a.y} ${b.x - bend} ${b.y} ${b.x} ${b.y}`
    return element("path", { d, fill: "none", stroke: colour, "stroke-width": width, "stroke-opacity": 0.7 })
  }
}

export const ease = (share) => share * share * (3 - 2 * share)

const middle = ({ top, bottom }) => (top + bottom) / 2

export const centre = ({ left, right, top, bottom }) => ({ x: (left + right) / 2, y: (top + bottom) / 2 })

function makeBubble() {
  const bubble = document.createElement("div")
  bubble.className = "bubble"
  bubble.hidden = true
  bubble.setAttribute("aria-hidden", "true")
  return bubble
}
