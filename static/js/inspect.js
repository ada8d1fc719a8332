// What one cell has to do with all others: the frame to show while it is pointed at, and the sentence to say.

import { split } from "./geometry.js"
import { words } from "./words.js"

// → { outlines, sentence, step } or null where there is nothing to say. `step` is given for outputs: the step that made them.
export function inspect(steps, shown, id, cell, { step, firstIndex }) {
  const [grid, first, second] = id.split(".")
  const lead = [Number(first), Number(second)]
  const look = { x: input, w: weight, p: product, y: output, a: output, b: bias }[grid]
  return look(steps, shown, lead, cell, { step, firstIndex, id })
}

function output(steps, shown, [filter], cell, { firstIndex }) {
  const { geometry } = steps
  const step = filter * geometry.area + cell
  const result = steps.at(step)
  if (!result) return { step, outlines: [], sentence: "" }
  const index = geometry.filters === 1 ? geometry.index(cell) : [filter, ...geometry.index(cell)]
  return { step, outlines: null, sentence: words.output(index, result.y, firstIndex) }
}

function input(steps, shown, [channel], cell, { firstIndex, id }) {
  const { geometry } = steps
  const copies = geometry.copies(cell)
  const outs = sorted(copies.flatMap((copy) => geometry.writes(copy)))
  const filters = shown.filters.filter((filter) => geometry.group(filter).includes(channel))
  const places = sorted(copies.flatMap((copy) => geometry.writes(copy).map((out) => geometry.meets(out, copy))))
  const value = steps.input(channel, cell)
  const source = geometry.source(cell)
  const sentence =
    source < 0
      ? words.padding(steps.scene.parameters.padding_mode, value, outs.length)
      : words.input(inputIndex(steps, channel, source), value, outs.length, firstIndex)
  return {
    outlines: [
      { plane: id, cells: copies, role: copies.length > 1 ? "cells" : "window" },
      ...filters.map((filter) => ({ plane: `w.${filter}.${channel}`, cells: places, role: "cells" })),
      ...filters.map((filter) => ({ plane: `y.${filter}`, cells: outs, role: "cells" })),
    ],
    sentence,
  }
}

const sorted = (cells) => [...new Set(cells)].sort((a, b) => a - b)

function inputIndex(steps, channel, source) {
  const { geometry } = steps
  const place = geometry.spatial === 1 ? [source] : split(source, geometry.cols.input)
  return steps.scene.grids.x.shape[0] === 1 ? place : [channel, ...place]
}

function weight(steps, shown, [filter, channel], place, { firstIndex, id }) {
  const { geometry } = steps
  const within = channel - geometry.group(filter)[0]
  const tap = geometry.tap(place)
  const tapIndex = geometry.spatial === 1 ? [tap] : split(tap, geometry.cols.kernel)
  const single = geometry.filters === 1 && geometry.perGroup === 1
  const value = steps.weight(filter, within, place)
  return {
    outlines: [
      { plane: id, cells: [place], role: "output" },
      { plane: `x.${channel}`, cells: geometry.uses(place), role: "cells" },
    ],
    sentence: words.weight(single ? tapIndex : [filter, within, ...tapIndex], value, geometry.area, firstIndex),
  }
}

function product(steps, shown, [channel], place, { step, id }) {
  const { geometry } = steps
  const { filter, cell } = geometry.place(step)
  const group = geometry.group(filter)
  if (!group.includes(channel)) return null
  const padded = geometry.window(cell)[place]
  const [x, w] = [steps.input(channel, padded), steps.weight(filter, channel - group[0], place)]
  return {
    outlines: [
      { plane: id, cells: [place], role: "output" },
      { plane: `x.${channel}`, cells: [padded], role: "window" },
      { plane: `w.${filter}.${channel}`, cells: [place], role: "output" },
    ],
    sentence: words.product(x, w, x * w),
  }
}

function bias(steps, shown, [filter], cell, { id }) {
  return {
    outlines: [{ plane: id, cells: [cell], role: "output" }],
    sentence: words.bias(steps.bias(filter)),
  }
}
