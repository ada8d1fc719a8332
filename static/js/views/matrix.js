// Matrix: vec(y) = F vec(x), row by row. app/views/matrix.py makes the same frames.

import { split } from "../geometry.js"
import { inspect as inspectGrids } from "../inspect.js"
import { Steps as Grids, indexIn } from "../steps.js"
import { at, words } from "../words.js"
import { frame as lit } from "./tables.js"
import { words as own } from "./words.js"

export { Painter } from "./tables.js"

export function frame(steps, shown, step) {
  const now = lit(steps, shown, step)
  return { ...now, outlines: [...now.outlines, { plane: "X.0", cells: steps.readBy(step), role: "window" }] }
}

// The matrix beside the grids: its columns are the numbers of the data, its rows those of y.
export class Steps extends Grids {
  get width() {
    return this.data.values.length
  }

  // The numbers of vec(x) that a row of F reads, in order.
  readBy(step) {
    const { filter, cell } = this.geometry.place(step)
    const met = this.geometry.window(cell).map((padded) => (padded < 0 ? -1 : this.geometry.source(padded)))
    const columns = this.geometry.group(filter).flatMap((channel) => met.filter((at) => at >= 0).map((at) => channel * this.planeSize + at))
    return [...new Set(columns)].sort((a, b) => a - b)
  }

  // The places of the window at which a row reads a column: none, one, or in a rim that copies, several.
  placesAt(row, column) {
    const { filter, cell } = this.geometry.place(row)
    const [channel, at] = split(column, this.planeSize)
    const plane = this.geometry.weight(filter, channel)
    if (plane === undefined) return { plane, places: [] }
    const window = this.geometry.window(cell)
    return { plane, places: window.flatMap((padded, place) => (padded >= 0 && this.geometry.source(padded) === at ? [place] : [])) }
  }

  locate(id, cell) {
    if (id === "X.0") return { grid: this.scene.roles.data, at: cell }
    if (id !== "F.0") return super.locate(id, cell)
    const { plane, places } = this.placesAt(...split(cell, this.width))
    return places.length === 1 ? super.locate(`w.${plane}`, places[0]) : null
  }

  value(id, cell) {
    if (id !== "F.0") return super.value(id, cell)
    const { plane, places } = this.placesAt(...split(cell, this.width))
    return places.reduce((sum, place) => sum + this.weight(plane, place), 0)
  }

  // The drawn cells of a data plane that show one number of vec(x).
  drawn(column) {
    const [channel, at] = split(column, this.planeSize)
    const { geometry } = this
    const cells = Array.from({ length: geometry.rows.padded * geometry.cols.padded }, (_, cell) => cell)
    return { plane: `x.${channel}`, cells: cells.filter((cell) => geometry.source(cell) === at) }
  }
}

export function inspect(steps, shown, id, cell, context) {
  const look = { F: entry, X: read }[id[0]]
  return look ? look(steps, cell, context) : withMatrix(steps, id, cell, inspectGrids(steps, shown, id, cell, context))
}

// An entry of F: its weight, the number that it multiplies, and the number that it goes into.
function entry(steps, cell, { firstIndex, result = "y" }) {
  const [row, column] = split(cell, steps.width)
  const { plane, places } = steps.placesAt(row, column)
  const { filter, cell: out } = steps.geometry.place(row)
  const outlines = [
    { plane: "F.0", cells: [cell], role: "output" },
    { plane: "X.0", cells: [column], role: "window" },
    { plane: "Y.0", cells: [row], role: "output" },
    { ...steps.drawn(column), role: "cells" },
    ...(places.length ? [{ plane: `w.${plane}`, cells: places, role: "output" }] : []),
    { plane: `y.${filter}`, cells: [out], role: "output" },
  ]
  const x = indexIn(steps, { grid: steps.scene.roles.data, at: column })
  const { letter, roles } = steps.scene
  const names = [at(result, steps.geometry.index(filter, out), firstIndex), at(roles.data, x, firstIndex)]
  return { outlines, sentence: own.matrixEntry(letter, ...names, steps.value("F.0", cell), places.length) }
}

// A number of vec(x): its column of F.
function read(steps, column, { firstIndex }) {
  const rows = Array.from({ length: steps.count }, (_, row) => row).filter((row) => steps.placesAt(row, column).places.length)
  const found = { grid: steps.scene.roles.data, at: column }
  return {
    outlines: [
      { plane: "X.0", cells: [column], role: "window" },
      { plane: "F.0", cells: rows.map((row) => row * steps.width + column), role: "cells" },
      { plane: "Y.0", cells: rows, role: "cells" },
      { ...steps.drawn(column), role: "cells" },
    ],
    sentence: words.input(found.grid, indexIn(steps, found), steps.value("X.0", column), rows.length, firstIndex),
  }
}

// Pointing at a grid lights its part of the matrix too.
function withMatrix(steps, id, cell, found) {
  const at = steps.locate(id, cell)
  if (!found?.outlines || !at) return found
  if (at.grid === steps.scene.roles.data) return { ...found, outlines: [...found.outlines, ...read(steps, at.at, { firstIndex: 0 }).outlines.slice(0, 3)] }
  const plane = Number(id.split(".")[1])
  const cells = steps.geometry.users(plane).flatMap(([filter, channel]) => diagonal(steps, filter, channel, cell))
  return { ...found, outlines: [...found.outlines, { plane: "F.0", cells, role: "cells" }] }
}

// Every entry that holds one weight: shared along a diagonal.
function diagonal(steps, filter, channel, place) {
  const { geometry } = steps
  return Array.from({ length: geometry.area }, (_, cell) => cell).flatMap((cell) => {
    const padded = geometry.window(cell)[place]
    const source = padded < 0 ? -1 : geometry.source(padded)
    return source < 0 ? [] : [(filter * geometry.area + cell) * steps.width + channel * steps.planeSize + source]
  })
}
