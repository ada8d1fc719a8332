// Planes beside the grids whose cells light as the server's tables say: app/views/common/lighting.py describes them.
// A view of tables alone needs no script of its own: this one shows its steps, and what lights with a cell.

import { inspect as inspectGrids } from "../inspect.js"
import { Painter as GridPainter } from "../paint.js"
import { Steps as Grids } from "../steps.js"
import { frame as gather } from "./gather.js"

export function frame(steps, shown, step) {
  const grids = gather(steps, shown, step)
  const lit = tables(steps).map((table) => ({ plane: table.plane, cells: cells(steps, table, step), role: table.role }))
  const written = lit.filter(({ role }) => role === "output").map(({ plane, cells }) => ({ plane, shown: cells.at(-1) + 1 }))
  return { ...grids, fills: [...grids.fills, ...written], outlines: [...grids.outlines, ...lit], links: lit.length ? [] : grids.links }
}

// What stands in a table is in its drawing alone, so it has no value here.
export class Steps extends Grids {
  value(id, cell) {
    return tables(this).some(({ plane }) => plane === id) ? undefined : super.value(id, cell)
  }
}

const tables = (steps) => steps.scene.lighting ?? []

function cells(steps, table, step) {
  return Array.from({ length: table.count }, (_, place) => first(steps, table, step) + place * table.every)
}

function first(steps, { by_filter, by_cell }, step) {
  const { filter, cell } = steps.geometry.place(step)
  return filter * by_filter + cell * by_cell
}

// What a list of all results holds back is the one that is being computed, whichever filter it is of.
export class Painter extends GridPainter {
  outputOf(frame, plane) {
    return frame.outlines.some((outline) => outline.plane === plane && outline.role === "output") || super.outputOf(frame, plane)
  }
}

export function inspect(steps, shown, id, cell, context) {
  const isTable = tables(steps).some(({ plane, role }) => plane === id && role !== "output")
  if (!isTable) return inspectGrids(steps, shown, id, cell, context)
  return { outlines: [{ plane: id, cells: [cell], role: "window" }, ...litWith(steps, id, cell)], sentence: "" }
}

// In the steps that light a cell: what stands at its place of the other rows and columns, or all of what has no such place.
export function litWith(steps, id, cell) {
  const own = tables(steps).find(({ plane }) => plane === id)
  const places = Array.from({ length: steps.count }, (_, step) => [step, (cell - first(steps, own, step)) / own.every])
  const found = places.filter(([, place]) => Number.isInteger(place) && place >= 0 && place < own.count)
  const beside = (table, [step, place]) => cells(steps, table, step).filter((_, at) => table.count !== own.count || at === place)
  return tables(steps).flatMap((table) =>
    table === own ? [] : [{ plane: table.plane, cells: [...new Set(found.flatMap((at) => beside(table, at)))], role: "cells" }],
  )
}
