// Shift: the input moves, and the output moves along, or stays, or neither. app/views/shift.py makes the same frames.

import { split } from "../geometry.js"
import { inspect as inspectGrids } from "../inspect.js"
import { indexIn } from "../steps.js"
import { Companions, OTHER, isOther, otherOutlines, own } from "./companion.js"
import { frame as gather } from "./gather.js"
import { words } from "./shift/words.js"

export { ShiftPainter as Painter } from "./shift/paint.js"
export { say } from "./shift/words.js"

const PRIME = "′"

export class Steps extends Companions {
  constructor(scene) {
    super(scene, (base) => ({ ...base, grids: { ...base.grids, x: { ...base.grids.x, values: base.shift.x } } }))
    this.shift = scene.shift
  }

  // Of the moved x only x itself is edited: where its numbers come from.
  locate(id, cell) {
    return id.startsWith("x.") && isOther(id) ? null : super.locate(id, cell)
  }

  at(step, id = "") {
    const batch = id[0] === "t" || id[0] === "d" ? this.batchOf(step) : null
    if (!batch) return super.at(step, id)
    return { y: (id[0] === "t" ? batch.moved : batch.apart)[step - batch.start], a: null }
  }

  // The cell of a result plane that should have come to this one, or −1.
  sourceOf(cell) {
    return this.moved(cell, this.shift.output.map((move) => -move), this.geometry.rows.output, this.geometry.cols.output)
  }

  targetOf(cell) {
    return this.moved(cell, this.shift.output, this.geometry.rows.output, this.geometry.cols.output)
  }

  moved(cell, [down, right], rows, cols) {
    const [row, col] = split(cell, cols)
    const inside = row + down >= 0 && row + down < rows && col + right >= 0 && col + right < cols
    return inside ? (row + down) * cols + col + right : -1
  }

  // A number of the output of x belongs to the step to which it should have come.
  stepOf(id, cell) {
    const isFirst = id[0] === "y" && !isOther(id)
    const target = isFirst ? this.targetOf(cell) : cell
    return super.stepOf(id, target < 0 ? cell : target)
  }

  isAtBorder(cell) {
    const [row, col] = split(cell, this.geometry.cols.output)
    return this.shift.borders[0][row] || this.shift.borders[1][col]
  }
}

export function frame(steps, shown, step) {
  const { filter, cell } = steps.geometry.place(step)
  const base = gather(steps.other, shown, step)
  const count = Math.min(Math.max(step + 1 - filter * steps.geometry.area, 0), steps.geometry.area)
  const planes = [`y.${filter}${OTHER}`, `t.${filter}`, `d.${filter}`]
  const source = steps.sourceOf(cell)
  const before = source < 0 ? null : gather(steps, shown, filter * steps.geometry.area + source)
  return {
    step,
    fills: planes.map((plane) => ({ plane, shown: count })),
    outlines: [
      ...otherOutlines(onGrids(base.outlines)),
      ...planes.slice(1).map((plane) => ({ plane, cells: [cell], role: "output" })),
      ...(before ? onGrids(before.outlines) : []),
    ],
    links: [],
    labels: [],
    equation: { ...base.equation, mark: PRIME, ...(before ? { other: { ...before.equation, mark: "" } } : {}) },
  }
}

const onGrids = (outlines) => outlines.filter(({ plane }) => "xy".includes(plane[0]))

export function inspect(steps, shown, id, cell, context) {
  return { x: input, y: output, t: output, d: output }[id[0]](steps, shown, id, cell, context)
}

// A number of the output of x, of that of the moved x, or their difference: the step that computes it.
function output(steps, shown, id, cell, { firstIndex }) {
  const step = steps.stepOf(id, cell)
  const plane = Number(id.split(".")[1])
  const result = steps.at(step, `y.${plane}${OTHER}`)
  if (!result) return { step, outlines: [], sentence: "" }
  if (id[0] === "y" && !isOther(id) && steps.targetOf(cell) < 0) return gone(steps, id, cell, firstIndex)
  const { cell: here } = steps.geometry.place(step)
  const source = steps.sourceOf(here)
  const reason = steps.isAtBorder(here) ? "border" : steps.shift.isAligned ? "inside" : "between"
  const from = source < 0 ? null : steps.geometry.index(plane, source)
  const [moved, apart] = ["t", "d"].map((grid) => steps.at(step, `${grid}.${plane}`).y)
  return { step, outlines: null, sentence: words.output(steps.geometry.index(plane, here), result.y, from, moved, apart, reason, firstIndex) }
}

// What moved out is in no step.
function gone(steps, id, cell, firstIndex) {
  const plane = Number(id.split(".")[1])
  const at = plane * steps.geometry.area + cell
  return { outlines: [{ plane: id, cells: [cell], role: "output" }], sentence: words.gone(steps.geometry.index(plane, cell), steps.at(at)?.y ?? 0, firstIndex) }
}

// A number of x, and where it went; the outputs that read it, before and after.
function input(steps, shown, id, cell, context) {
  const { rows, cols } = steps.geometry
  const way = isOther(id) ? steps.shift.input.map((move) => -move) : steps.shift.input
  const [hovered, other] = isOther(id) ? [steps.other, steps] : [steps, steps.other]
  const found = inspectGrids(hovered, shown, own(id), cell, context)
  const to = steps.geometry.source(cell) < 0 ? -1 : steps.moved(cell, way, rows.padded, cols.padded)
  const isThere = to >= 0 && steps.geometry.source(to) >= 0
  const across = isThere ? inspectGrids(other, shown, own(id), to, context) : { outlines: [] }
  const [first, second] = isOther(id) ? [across, found] : [found, across]
  const outlines = [...onGrids(first.outlines), ...otherOutlines(onGrids(second.outlines))]
  const origin = isOther(id) ? to : cell
  const number = origin >= 0 && steps.locate(own(id), origin)
  if (!number) return { outlines, sentence: words.movedIn(hovered.value(own(id), cell)) }
  return { outlines, sentence: words.input(indexIn(steps, number), steps.value(own(id), origin), isThere, context.firstIndex) }
}
