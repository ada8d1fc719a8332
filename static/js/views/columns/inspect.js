// What one cell has to do with all others: where does this number of the matrix come from, or go to; where does that
// cell of the picture stand?

import { frame } from "../columns.js"
import { words } from "./words.js"

// → what takes the place of the frame's own parts while it is pointed at, and the sentence.
export function inspect(steps, shown, id, cell, { firstIndex }) {
  const isEntry = id[0] === steps.matrix.letter
  return isEntry ? entry(steps, shown, id, cell, firstIndex) : spot(steps, id, cell, firstIndex)
}

// A number of the matrix: its cell of the picture, ringed in its window.
function entry(steps, shown, id, cell, first) {
  const { plane, window, cell: at } = steps.matrix.spot(cell)
  const picture = `${steps.matrix.picture}.${plane}`
  const index = steps.scatterMap.index(plane, at)
  const value = steps.value(id, cell)
  const outlines = [
    { plane: id, cells: [cell], role: "output" },
    { plane: picture, cells: steps.scatterMap.cells(0, window), role: "window" },
    { plane: picture, cells: [at], role: "winner" },
  ]
  const sentence = steps.matrix.isCopy
    ? words.copy("y", steps.matrix.index(cell), index && ["x", index], value, first)
    : words.lands(steps.matrix.index(cell), index, value, first)
  return steps.has(window) ? { outlines, sentence, equation: frame(steps, { ...shown, isLarge: true }, window).equation } : { outlines, sentence }
}

// A cell of the picture: every entry of the matrix that holds it, or lands on it.
function spot(steps, id, cell, first) {
  const plane = Number(id.split(".")[1])
  const entries = steps.matrix.entries(plane, cell)
  const index = steps.scatterMap.index(plane, cell)
  const outlines = [
    { plane: id, cells: [cell], role: "window" },
    { plane: `${steps.matrix.letter}.0`, cells: entries, role: "cells" },
  ]
  if (steps.matrix.isCopy) return { outlines, sentence: words.copied(index, steps.value(id, cell), entries.length, first) }
  const terms = entries.map((each) => steps.value("x.0", each))
  return { outlines, sentence: words.sum(index, terms, steps.value(id, cell), first) }
}
