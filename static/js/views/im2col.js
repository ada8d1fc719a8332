// Im2col: all windows as the columns of X, all kernels as the rows of W, and W · X. Which cells light
// follows from the tables of app/views/im2col.py.

import { split } from "../geometry.js"
import { inspect as inspectGrids } from "../inspect.js"
import { Steps as Grids, indexIn } from "../steps.js"
import { copy } from "./common/words.js"
import { litWith } from "./tables.js"

export { Painter, frame } from "./tables.js"

// The matrices beside the grids: row r of X is channel and tap, column l a window; row o of W is a filter.
export class Steps extends Grids {
  get taps() {
    return this.geometry.group(0).length * this.geometry.taps
  }

  get area() {
    return this.geometry.area
  }

  // The drawn cell of a data plane that an entry of X holds.
  read(entry) {
    const [row, window] = split(entry, this.area)
    const [channel, place] = split(row, this.geometry.taps)
    return { row, window, channel, place, padded: this.geometry.window(window)[place] }
  }

  // The weight that an entry of W holds.
  weighed(entry) {
    const [filter, row] = split(entry, this.taps)
    const [channel, place] = split(row, this.geometry.taps)
    return { filter, row, channel, place, plane: this.geometry.weight(filter, channel) }
  }

  // The entries of X that hold one of these drawn cells of a data plane.
  copies(channel, cells) {
    const { geometry } = this
    return range(this.area).flatMap((window) =>
      geometry.window(window).flatMap((padded, place) => (cells.includes(padded) ? [(channel * geometry.taps + place) * this.area + window] : [])),
    )
  }

  // The plane of the grids, and its cell, that an entry of W or X shows.
  shows(id, cell) {
    if (id === "X.0") return [`x.${this.read(cell).channel}`, this.read(cell).padded]
    if (id === "W.0") return [`w.${this.weighed(cell).plane}`, this.weighed(cell).place]
    return [id, cell]
  }

  locate(id, cell) {
    return super.locate(...this.shows(id, cell))
  }

  value(id, cell) {
    return super.value(...this.shows(id, cell))
  }
}

export function inspect(steps, shown, id, cell, context) {
  const look = { X: entry, W: weight }[id[0]]
  return look ? look(steps, shown, cell, context) : withMatrices(steps, id, cell, inspectGrids(steps, shown, id, cell, context))
}

// An entry of X: the number that it copies, ringed in its window, and the weights that it is multiplied with.
function entry(steps, shown, cell, { firstIndex }) {
  const { row, window, channel, place, padded } = steps.read(cell)
  const { geometry } = steps
  const filters = shown.filters.filter((filter) => geometry.group(filter).includes(channel))
  const outlines = [
    { plane: "X.0", cells: [cell], role: "window" },
    { plane: `x.${channel}`, cells: geometry.window(window), role: "window" },
    { plane: `x.${channel}`, cells: [padded], role: "winner" },
    ...litWith(steps, "X.0", cell),
    ...filters.map((filter) => ({ plane: geometry.weightId(filter, channel), cells: [place], role: "cells" })),
    ...filters.map((filter) => ({ plane: `y.${filter}`, cells: [window], role: "cells" })),
  ]
  const found = steps.locate("X.0", cell)
  const source = found && [found.grid, indexIn(steps, found)]
  return { outlines, sentence: copy("X", [row, window], source, steps.value("X.0", cell), firstIndex) }
}

// An entry of W: the weight that it is, and the row of X that it multiplies.
function weight(steps, shown, cell, { firstIndex }) {
  const { filter, row, channel, place, plane } = steps.weighed(cell)
  const outlines = [
    { plane: "W.0", cells: [cell], role: "output" },
    { plane: `w.${plane}`, cells: [place], role: "output" },
    ...litWith(steps, "W.0", cell),
    { plane: `x.${channel}`, cells: steps.geometry.uses(place), role: "cells" },
  ]
  const found = steps.locate("W.0", cell)
  const source = [found.grid, indexIn(steps, found)]
  return { outlines, sentence: `${copy("W", [filter, row], source, steps.value("W.0", cell), firstIndex)} · multiplies row ${row + firstIndex} of X` }
}

// Pointing at a grid lights its part of the matrices too.
function withMatrices(steps, id, cell, found) {
  if (!found?.outlines) return found
  const number = Number(id.split(".")[1])
  const lit = { x: copied, w: laid }[id[0]]?.(steps, number, cell) ?? []
  return { ...found, outlines: [...found.outlines, ...lit] }
}

function copied(steps, channel, padded) {
  return [{ plane: "X.0", cells: steps.copies(channel, steps.geometry.copies(padded)), role: "cells" }]
}

function laid(steps, plane, place) {
  return steps.geometry.users(plane).flatMap(([filter, channel]) => {
    const entry = filter * steps.taps + channel * steps.geometry.taps + place
    return [{ plane: "W.0", cells: [entry], role: "output" }, ...litWith(steps, "W.0", entry)]
  })
}

const range = (count) => Array.from({ length: count }, (_, i) => i)
