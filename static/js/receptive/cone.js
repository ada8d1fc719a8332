// The stack from the side: lights the cone of a unit in what app/pages/receptive_field/cone.py has drawn.

import { short } from "../format.js"
import { draw } from "./draw.js"
import { words } from "./words.js"

const LABELS = 124 // room at the left for names
const LETTER = 8.4 // how wide a digit of a count is, about
const MOST_UNITS = 48 // of more lit units only the outermost lines are drawn

export class Cone {
  constructor(svg) {
    this.svg = svg
    this.row = Number(svg.dataset.row) // how high a cell is
    this.rays = svg.querySelector("[data-rays]")
    this.lines = [...svg.querySelectorAll("[data-line]")].map((group) => ({
      group,
      lit: group.querySelector("[data-lit]"),
      x: Number(group.dataset.x),
      step: Number(group.dataset.step),
      width: Number(group.dataset.width),
      y: Number(group.dataset.y),
      units: Number(group.dataset.units),
    }))
  }

  // Lights a unit; `shows(map)` says how far the light has fallen.
  light(pathCounts, map, unit, shows = () => true) {
    const axis = pathCounts.axes - 1
    const counts = pathCounts.counts(map, unit[axis], axis)
    const moved = pathCounts.moved(map, unit[axis], axis)
    this.lines.forEach((line, index) => {
      const cells = !shows(index) ? [] : index === map ? [...this.chosen(line, unit[axis])] : counts[index] ? [...this.seen(line, counts[index])] : [...this.moved(line, moved[index])]
      line.lit.replaceChildren(...cells)
    })
    this.rays.setAttribute("d", this.paths(pathCounts, axis, counts, map, shows))
    this.bracket(shows(0) ? pathCounts.maps[map].fields[axis][unit[axis]] : null)
  }

  // Under the input, from the first to the last cell of the field, padding included.
  bracket(span) {
    const [path, text] = this.svg.querySelector("[data-bracket]").children
    const { x, step, y } = this.lines[0]
    path.setAttribute("d", span ? `M${x + (span[0] - 0.5) * step + 1} ${y + this.row + 5}v6H${x + (span[1] + 0.5) * step - 1}v-6` : "")
    text.textContent = span ? words.cells(span[1] - span[0] + 1) : ""
    if (!span) return
    const { x: left, width } = this.svg.viewBox.baseVal
    const [from, to] = [Math.max(x + (span[0] - 0.5) * step, LABELS), Math.min(x + (span[1] + 0.5) * step, left + width)]
    text.setAttribute("x", (from + to) / 2)
    text.setAttribute("y", y + this.row + 24)
  }

  *chosen(line, unit) {
    yield this.cell(line, unit, "chosen")
  }

  *seen(line, counts) {
    const most = Math.max(...counts)
    for (let unit = 0; unit < counts.length; unit++) {
      if (!counts[unit]) continue
      yield this.cell(line, unit, "seen", { "fill-opacity": (0.22 + (0.55 * counts[unit]) / most).toFixed(3) })
      const text = short(counts[unit])
      if (LETTER * (text.length + 1) <= line.width) yield draw("text", { class: "count", x: line.x + unit * line.step, y: line.y + this.row / 2 + 4.5 }, text)
    }
  }

  *moved(line, moved) {
    if (moved) for (let unit = 0; unit < moved.length; unit++) if (moved[unit]) yield this.cell(line, unit, "moved")
  }

  cell(line, unit, kind, more = {}) {
    const x = line.x + unit * line.step - line.width / 2
    return draw("rect", { class: kind, x, y: line.y, width: line.width, height: this.row, ...more })
  }

  paths(pathCounts, axis, counts, map, shows) {
    return pathCounts.links
      .filter((link) => link.to <= map && counts[link.to] && shows(link.from))
      .map((link) => this.between(pathCounts, link, axis, counts[link.to]))
      .join("")
  }

  between(pathCounts, link, axis, counts) {
    const pairs = []
    const lit = [...counts.keys()].filter((unit) => counts[unit])
    for (const unit of lit) pathCounts.read(link, axis, unit, (cell) => pairs.push([unit, cell]))
    const drawn = lit.length > MOST_UNITS && pairs.length ? [pairs.reduce((a, b) => (b[1] < a[1] ? b : a)), pairs.reduce((a, b) => (b[1] > a[1] ? b : a))] : pairs
    const [upper, lower] = [this.lines[link.to], this.lines[link.from]]
    return drawn.map(([unit, cell]) => `M${upper.x + unit * upper.step} ${upper.y + this.row}L${lower.x + cell * lower.step} ${lower.y}`).join("")
  }

  // The unit under a pointer: { map, unit along the axis }, or null.
  at({ clientX, clientY }) {
    const matrix = this.svg.getScreenCTM()
    if (!matrix) return null
    const point = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse())
    const near = this.lines
      .map((line, map) => ({ line, map, unit: Math.round((point.x - line.x) / line.step) }))
      .filter(({ line, unit }) => point.y >= line.y - 4 && point.y <= line.y + this.row + 4 && unit >= 0 && unit < line.units)
      .filter(({ line, unit }) => Math.abs(point.x - line.x - unit * line.step) <= Math.max(line.width, line.step) / 2 + 1)
    return near[0] ?? null
  }

  // The unit of a map that stands nearest to a unit of another, for the arrow keys.
  nearest(map, unit, other) {
    const [from, to] = [this.lines[map], this.lines[other]]
    const place = from.x + unit * from.step
    return Math.min(Math.max(Math.round((place - to.x) / to.step), 0), to.units - 1)
  }
}
