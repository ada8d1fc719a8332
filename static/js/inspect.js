// What one cell has to do with all others: the frame to show while it is pointed at, and the sentence to say.

import { indexIn } from "./steps.js"
import { inspectGate } from "./views/common/gate.js"
import { at, words } from "./words.js"

// → { outlines, sentence, step } or null where there is nothing to say. `step` is given for outputs: the step that made them.
export function inspect(steps, shown, id, cell, { step, firstIndex, result = "y" }) {
  const look = { x: input, w: weight, p: product, y: output, a: output, Y: output, b: bias }[id[0]]
  return look?.(steps, shown, Number(id.split(".")[1]), cell, { step, firstIndex, result, id }) ?? inspectGate(steps, id, cell, { firstIndex })
}

function output(steps, shown, filter, cell, { firstIndex, result, id }) {
  const step = steps.stepOf(id, cell)
  const computed = steps.at(step)
  if (!computed) return { step, outlines: [], sentence: "" }
  return { step, outlines: null, sentence: words.output(at(result, steps.geometry.index(filter, cell), firstIndex), computed.y) }
}

// A number goes to some results, to each through a weight of its own; the products of the playhead's step say nothing of it.
function input(steps, shown, channel, cell, { firstIndex, id }) {
  const { geometry } = steps
  const copies = geometry.copies(cell)
  const outs = sorted(copies.flatMap((copy) => geometry.writes(copy)))
  const filters = shown.filters.filter((filter) => geometry.group(filter).includes(channel))
  const places = outs.map((out) => copies.map((copy) => geometry.meets(out, copy)).filter((place) => place >= 0))
  const through = (filter) => (steps.weights ? { through: { plane: geometry.weightId(filter, channel), places } } : {})
  const value = steps.value(id, cell)
  const found = steps.locate(id, cell)
  return {
    ...withoutStep(steps, shown),
    outlines: [
      { plane: id, cells: copies, role: copies.length > 1 ? "cells" : "window" },
      ...filters.map((filter) => ({ plane: `y.${filter}`, cells: outs, role: "cells", ...through(filter) })),
    ],
    sentence: found
      ? words.input(found.grid, indexIn(steps, found), value, outs.length, firstIndex)
      : words.padding(steps.scene.parameters.padding_mode, value, outs.length),
  }
}

// Empty products keep their place, and the focus.
function withoutStep({ geometry }, { channels }) {
  const values = Array.from({ length: geometry.taps }, () => null)
  return { fills: channels.map((channel) => ({ plane: `p.${channel}`, values })), labels: [] }
}

const sorted = (cells) => [...new Set(cells)].sort((a, b) => a - b)

function weight(steps, shown, plane, place, { firstIndex, id }) {
  const { geometry } = steps
  const found = steps.locate(id, place)
  const cells = geometry.uses(place)
  const users = geometry.users(plane)
  const channels = new Set(users.map(([, channel]) => channel))
  return {
    ...withoutStep(steps, shown),
    outlines: [
      { plane: id, cells: [place], role: "output" },
      ...[...channels].map((channel) => ({ plane: `x.${channel}`, cells, role: "cells" })),
    ],
    sentence: words.weight(found.grid, indexIn(steps, found), steps.value(id, place), users.length * cells.length, firstIndex),
  }
}

function product(steps, shown, channel, place, { step, id }) {
  const { geometry } = steps
  const { filter, cell } = geometry.place(step)
  const padded = geometry.window(cell)[place]
  if (!geometry.group(filter).includes(channel) || padded < 0) return null
  const plane = geometry.weight(filter, channel)
  const [x, w] = [steps.input(channel, padded), steps.weight(plane, place)]
  return {
    outlines: [
      { plane: id, cells: [place], role: "output" },
      { plane: `x.${channel}`, cells: [padded], role: "window" },
      ...(w === null ? [] : [{ plane: geometry.weightId(filter, channel), cells: [place], role: "output" }]),
    ],
    sentence: w === null ? words.held(x) : words.product(x, w, x * w),
  }
}

function bias(steps, shown, number, cell, { id }) {
  return {
    outlines: [{ plane: id, cells: [cell], role: "output" }],
    sentence: words.bias(steps.value(id, cell)),
  }
}
