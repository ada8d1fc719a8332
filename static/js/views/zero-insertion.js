// Zero insertion: a transposed convolution as a convolution over the data with zeros between, and beside it the scatter.
// app/views/zero_insertion.py makes the same frames.

import { inspect as inspectGather } from "../inspect.js"
import { Steps as Grids } from "../steps.js"
import { frame as gather } from "./gather.js"
import { words } from "./words.js"

export function frame(steps, shown, step) {
  const base = gather(steps, shown, step)
  return { ...base, outlines: [...base.outlines, ...board(steps, shown, step)] }
}

// The same output on the board beside: the numbers that reach it, and the weights through which they do.
function board(steps, shown, step) {
  const { geometry } = steps
  const { filter, cell } = geometry.place(step)
  const channels = shown.channels.filter((channel) => geometry.group(filter).includes(channel))
  const met = geometry.window(cell).flatMap((drawn, place) => (geometry.source(drawn) < 0 ? [] : [[geometry.source(drawn), geometry.tap(place)]]))
  const [data, taps] = [met.map(([at]) => at), met.map(([, tap]) => tap)]
  return [
    ...channels.map((channel) => ({ plane: `o.${channel}`, cells: data, role: "window" })),
    ...channels.map((channel) => ({ plane: `k.${geometry.weight(filter, channel)}`, cells: taps, role: "kernel" })),
  ]
}

// The board's planes are the data and the weights as they are.
export class Steps extends Grids {
  locate(id, cell) {
    const number = Number(id.split(".")[1])
    if (id[0] === "o") return { grid: this.scene.roles.data, at: number * this.planeSize + cell }
    if (id[0] === "k") return { grid: this.scene.roles.weights, at: number * this.geometry.taps + cell }
    return super.locate(id, cell)
  }

  // Where a number of the data is drawn among the zeros.
  stretched(data) {
    const { rows, cols } = this.geometry
    return rows.source.indexOf(Math.floor(data / cols.input)) * cols.padded + cols.source.indexOf(data % cols.input)
  }
}

export function inspect(steps, shown, id, cell, context) {
  if (id[0] === "o") return withBoard(steps, id, cell, inspectGather(steps, shown, `x.${id.split(".")[1]}`, steps.stretched(cell), context))
  if (id[0] === "k") return weight(steps, shown, id, cell, context)
  const found = inspectGather(steps, shown, id, cell, context)
  const at = "xw".includes(id[0]) ? steps.locate(id, cell) : null
  if (id[0] === "x" && !at) return { ...found, sentence: words.putIn }
  if (!at || !found?.outlines) return found
  const number = Number(id.split(".")[1])
  return id[0] === "x" ? withBoard(steps, `o.${number}`, at.at % steps.planeSize, found) : withKernel(steps, `k.${number}`, cell, found)
}

function withBoard(steps, id, cell, found) {
  return { ...found, outlines: [...found.outlines, { plane: id, cells: [cell], role: "window" }] }
}

function withKernel(steps, id, place, found) {
  return { ...found, outlines: [...found.outlines, { plane: id, cells: [steps.geometry.tap(place)], role: "output" }] }
}

function weight(steps, shown, id, tap, context) {
  const place = steps.geometry.tap(tap)
  return withKernel(steps, id, place, inspectGather(steps, shown, `w.${id.split(".")[1]}`, place, context))
}
