// The frames of the columns → the page: the numbers of a window leave it for their column, or a column for its window.

import { columnTree } from "../../equation/column.js"
import { ease } from "../../paint.js"
import { CELL, element } from "../../plane.js"
import { FlightPainter } from "../common/flight-painter.js"

// The acts of one step, as shares of its time.
const GLIDED = 0.25
const LANDED = 0.85

const MOST_FLYING = 600
const RIM = 3 // units around the cells, so that an outline is not cut off

export class ColumnsPainter extends FlightPainter {
  refresh() {
    super.refresh()
    for (const plane of this.planes.values()) if (plane.overlay.hasVeil) pane(plane)
  }

  // The playhead goes through all planes at once, so none of them leads.
  get shown() {
    return { ...super.shown, filters: [0], isLarge: this.isLarge }
  }

  paint(frame, { previous = null, phase = 1, complete = false, settings }) {
    if (!complete) this.hold(phase < LANDED ? previous : frame, frame.equation.grid)
    this.outline(frame, { previous, share: ease(Math.min(phase / GLIDED, 1)) })
    this.write(frame, { pending: false, settings })
    this.fly(frame, (phase - GLIDED) / (LANDED - GLIDED))
  }

  // Of a matrix too large for numbers, the first columns are seen; a picture is shown finished.
  hold(frame, letter) {
    super.hold(frame)
    for (const plane of letter === "y" ? this.results : []) if (plane.isPicture) clipColumns(plane, frame ? frame.step + 1 : 0)
  }

  tree(equation, settings) {
    return columnTree(equation, settings)
  }

  // Each number leaves its cell, for the cell that is its place in the other plane.
  flights({ outlines, equation: column }) {
    const matrix = outlines.find(({ plane }) => plane === `${column.grid}.0`)
    const flock = outlines.flatMap(({ plane, cells }) => {
      if (plane === matrix.plane) return []
      const first = Number(plane.split(".")[1]) * cells.length
      return cells.map((cell, place) => {
        const [spot, entry] = [[plane, cell], [matrix.plane, matrix.cells[first + place]]]
        const [from, to] = column.grid === "y" ? [spot, entry] : [entry, spot]
        return { from, to, value: column.numbers[first + place] }
      })
    })
    return flock.length > MOST_FLYING ? [] : [flock]
  }
}

function clipColumns({ svg, rows }, count) {
  svg.querySelector(".picture").style.clipPath = `path("M0 0H${count * CELL}V${rows * CELL}H0Z")`
}

// What is written beside a matrix lies outside it, so nothing clips its veil but a pane of its own.
function pane({ svg, rows, cols, overlay }) {
  const [width, height] = [cols * CELL + 2 * RIM, rows * CELL + 2 * RIM]
  const made = element("svg", { class: "pane", x: -RIM, y: -RIM, width, height, viewBox: `-${RIM} -${RIM} ${width} ${height}` })
  svg.querySelector(".pane")?.remove()
  svg.append(made)
  made.append(overlay.group)
}
