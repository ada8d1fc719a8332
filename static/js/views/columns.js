// Columns: each window is a column of a matrix. To unfold copies it there, to fold lets it land where the window was.
// app/views/unfolding.py and folding.py make the same frames. Nothing is computed here: every sum comes from the server.

import { FoldSteps, UnfoldSteps } from "./columns/steps.js"

export { inspect } from "./columns/inspect.js"
export { ColumnsPainter as Painter } from "./columns/paint.js"
export { say } from "./columns/words.js"

const MOST_TALLIES = 3

// Columns are what an unfolding makes, and what a folding reads: its result is a picture.
export function Steps(scene) {
  return scene.y.shape.length > scene.spatial ? new FoldSteps(scene) : new UnfoldSteps(scene)
}

export function frame(steps, shown, step) {
  const { scatterMap, matrix } = steps
  const cells = scatterMap.cells(0, step)
  const pictures = steps.scene.told.map((plane) => ({ plane: `${matrix.picture}.${plane}`, cells, role: matrix.isCopy ? "window" : "output" }))
  const column = { plane: `${matrix.letter}.0`, cells: matrix.column(step), role: matrix.isCopy ? "output" : "window" }
  return {
    step,
    fills: shown.isLarge ? [] : steps.fills(step),
    outlines: matrix.isCopy ? [...pictures, column] : [column, ...pictures],
    links: [],
    labels: [],
    equation: equation(steps, step),
  }
}

function equation(steps, step) {
  const { scatterMap } = steps
  const numbers = steps.numbers(step)
  const met = steps.tallies(step)
  return {
    kind: "column",
    index: [step],
    y: numbers[0],
    grid: steps.matrix.letter,
    shape: [scatterMap.planes, scatterMap.rows.lands[0].length, scatterMap.cols.lands[0].length],
    numbers,
    tallies: met.slice(0, MOST_TALLIES),
    overlaps: met.length,
  }
}
