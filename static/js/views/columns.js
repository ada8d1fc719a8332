// Columns: each window is a column of a matrix. To unfold copies it there, to fold lets it land where the window was.
// app/views/columns.py makes the same frames. Nothing is computed here: every sum comes from the server.

import { FoldSteps, UnfoldSteps } from "./columns/steps.js"

export { inspect } from "./columns/inspect.js"
export { ColumnsPainter as Painter } from "./columns/paint.js"
export { say } from "./columns/words.js"

const MOST_TALLIES = 3

export function Steps(scene) {
  return scene.operation === "fold" ? new FoldSteps(scene) : new UnfoldSteps(scene)
}

export function frame(steps, shown, step) {
  const { landing, letter } = steps
  const cells = landing.cells(0, step)
  const pictures = steps.told.map((plane) => ({ plane: `${steps.picture}.${plane}`, cells, role: steps.copies ? "window" : "output" }))
  const column = { plane: `${letter}.0`, cells: steps.column(step), role: steps.copies ? "output" : "window" }
  return {
    step,
    fills: shown.isLarge ? [] : steps.fills(step),
    outlines: steps.copies ? [...pictures, column] : [column, ...pictures],
    links: [],
    labels: [],
    equation: equation(steps, step),
  }
}

function equation(steps, step) {
  const { landing } = steps
  const numbers = steps.numbers(step)
  const met = steps.tallies(step)
  return {
    index: [step],
    channel: 0,
    place: 0,
    rows: [],
    sums: [],
    bias: null,
    reduction: "sum",
    power: 1,
    divisor: null,
    factor: null,
    y: numbers[0],
    a: null,
    column: {
      grid: steps.letter,
      shape: [landing.planes, landing.rows.lands[0].length, landing.cols.lands[0].length],
      numbers,
      tallies: met.slice(0, MOST_TALLIES),
      overlaps: met.length,
    },
  }
}
