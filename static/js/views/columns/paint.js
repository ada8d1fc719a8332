// The frames of the columns → the page: the numbers of a window leave it for their column, or a column for its window.

import { ease } from "../../paint.js"
import { CELL } from "../../plane.js"
import { FlightPainter } from "../common/flight-painter.js"

// The acts of one step, as shares of its time.
const GLIDED = 0.25
const LANDED = 0.85

const MOST_FLYING = 600

export class ColumnsPainter extends FlightPainter {
  // The playhead goes through all planes at once, so none of them leads.
  get shown() {
    return { ...super.shown, filters: [0], isLarge: this.isLarge }
  }

  paint(frame, { previous = null, phase = 1, complete = false, ahead = false, settings }) {
    if (!complete) this.hold(phase < LANDED ? previous : frame, ahead, frame.equation.grid)
    this.outline(frame, { previous, share: ease(Math.min(phase / GLIDED, 1)) })
    this.write(frame, { pending: false, settings })
    this.fly(frame, (phase - GLIDED) / (LANDED - GLIDED))
  }

  // Of a matrix too large for numbers, the first columns are seen; a picture is shown finished.
  hold(frame, ahead, letter) {
    super.hold(frame, ahead)
    for (const plane of letter === "y" ? this.results : []) if (plane.isPicture) clipColumns(plane, frame ? frame.step + 1 : 0)
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
