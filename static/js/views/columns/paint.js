// The frames of the columns → the page: the numbers of a window leave it for their column, or a column for its window.

import { short } from "../../format.js"
import { Painter } from "../../paint.js"
import { CELL, element } from "../../plane.js"
import { pipsPath } from "../scatter/pips.js"
import { columnMarkup } from "./equation.js"

// The acts of one step, as shares of its time.
const GLIDED = 0.25
const LANDED = 0.85

const MOST_NUMBERS = 64 // more cells than these fly without their numbers
const MOST_FLYING = 600
const RIM = 3 // units around the cells, so that an outline is not cut off

export class ColumnsPainter extends Painter {
  refresh() {
    this.flight = this.root.querySelector("svg.flight") ?? this.root.appendChild(element("svg", { class: "flight", "aria-hidden": "true" }))
    super.refresh()
    for (const plane of this.planes.values()) if (plane.overlay.hasVeil) pane(plane)
    this.results = [...this.planes.values()].filter(({ role }) => role === "y")
  }

  measure() {
    super.measure()
    this.flight.setAttribute("viewBox", `0 0 ${this.origin.width} ${this.origin.height}`)
  }

  // The playhead goes through all planes at once, so none of them leads.
  get shown() {
    return { ...super.shown, filters: [0], isLarge: this.results.some(({ isPicture }) => isPicture) }
  }

  paint(frame, { previous = null, phase = 1, complete = false, settings }) {
    if (!complete) this.hold(phase < LANDED ? previous : frame, frame.equation.column.grid)
    this.outline(frame, { previous, share: ease(Math.min(phase / GLIDED, 1)) })
    this.write(frame, { pending: false, settings })
    this.fly(frame, phase)
  }

  // What the results hold after a frame; before the first one, nothing.
  hold(frame, letter) {
    for (const plane of this.results) {
      if (!plane.isPicture) this.fill(plane, frame)
      else if (letter === "y") this.clipColumns(plane, frame ? frame.step + 1 : 0)
    }
  }

  fill(plane, frame) {
    const fill = frame?.fills.find((each) => each.plane === plane.id)
    if (frame && !fill) return
    const values = fill?.values ?? plane.cells.map(() => null)
    if (plane.held === values) return
    plane.held = values
    plane.write(values)
    plane.svg.querySelector(".pips")?.setAttribute("d", fill?.counts ? pipsPath(fill.counts, plane.cols) : "")
  }

  // Of a matrix too large for numbers, the first columns are seen; a picture is shown finished.
  clipColumns(plane, count) {
    plane.svg.querySelector(".picture").style.clipPath = `path("M0 0H${count * CELL}V${plane.rows * CELL}H0Z")`
  }

  // The outlines of both glide.
  outline(frame, { previous, share }) {
    super.outline(frame, { previous, share })
    for (const { plane, cells, role } of frame.outlines) {
      const from = role === "output" && previous?.outlines.find((outline) => outline.plane === plane && outline.role === role)?.cells
      if (from) this.planes.get(plane)?.overlay.show(cells, { from, share })
    }
  }

  weightsFor() {
    return null
  }

  write(frame, { pending, settings }) {
    const key = JSON.stringify([frame.equation, settings])
    if (this.equation.dataset.key !== key) {
      this.equation.innerHTML = columnMarkup(frame.equation, settings)
      this.equation.dataset.key = key
    }
    this.equation.classList.toggle("pending", pending)
  }

  // Each number leaves its cell, for the cell that is its place in the other plane.
  fly(frame, phase) {
    const flies = phase > GLIDED && phase < LANDED
    this.flight.replaceChildren(...(flies ? this.flying(frame, ease((phase - GLIDED) / (LANDED - GLIDED))) : []))
  }

  flying({ outlines, equation: { column } }, share) {
    const isCopy = column.grid === "y"
    const matrix = outlines.find(({ plane }) => plane === `${column.grid}.0`)
    const pictures = outlines.filter((outline) => outline !== matrix)
    const pairs = pictures.flatMap(({ plane, cells }) => {
      const first = Number(plane.split(".")[1]) * cells.length
      return cells.map((cell, place) => ({ spot: [plane, cell], entry: [matrix.plane, matrix.cells[first + place]], value: column.numbers[first + place] }))
    })
    if (pairs.length > MOST_FLYING) return []
    return pairs.flatMap(({ spot, entry, value }) => {
      const [from, to] = (isCopy ? [spot, entry] : [entry, spot]).map(([id, cell]) => this.planes.get(id)?.isVisible && this.planes.get(id).boxOf(cell))
      return from && to ? [this.tile(between(from, to, share), value, pairs.length)] : []
    })
  }

  tile({ left, top, right, bottom }, value, count) {
    const { x, y } = this.inside(left, top)
    const [width, height] = [right - left, bottom - top]
    const tile = element("g", {})
    tile.append(element("rect", { x, y, width, height, rx: 2, ...(value < 0 ? { class: "negative" } : {}) }))
    if (count > MOST_NUMBERS) return tile
    const text = element("text", { x: x + width / 2, y: y + height / 2, "font-size": Math.min(height * 0.38, 15) })
    text.textContent = short(value)
    tile.append(text)
    return tile
  }
}

// What is written beside a matrix lies outside it, so nothing clips its veil but a pane of its own.
function pane({ svg, rows, cols, overlay }) {
  const [width, height] = [cols * CELL + 2 * RIM, rows * CELL + 2 * RIM]
  const made = element("svg", { class: "pane", x: -RIM, y: -RIM, width, height, viewBox: `-${RIM} -${RIM} ${width} ${height}` })
  svg.querySelector(".pane")?.remove()
  svg.append(made)
  made.append(overlay.group)
}

const ease = (share) => share * share * (3 - 2 * share)

// A rectangle on its way from one to another.
function between(from, to, share) {
  return Object.fromEntries(["left", "top", "right", "bottom"].map((side) => [side, from[side] + (to[side] - from[side]) * share]))
}
