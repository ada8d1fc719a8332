// What one cell has to do with all others: whose stamps made this number, where does that number land?

import { indexIn } from "../../steps.js"
import { at } from "../../words.js"
import { inspectGate } from "../common/gate.js"
import { frame } from "../scatter.js"
import { words } from "./words.js"

// → what takes the place of the frame's own parts while it is pointed at, and the sentence; null where there is none.
export function inspect(steps, shown, id, cell, { step, firstIndex, result: name = "y" }) {
  const look = { x: number, w: weight, p: product, y: result, b: bias, v: witness }[id[0]]
  return look?.(steps, shown, Number(id.split(".")[1]), cell, { step, first: firstIndex, name, id }) ?? inspectGate(steps, id, cell, { firstIndex })
}

// A number of the data: its stamp, while the result stays as it is.
function number(steps, shown, channel, data, { first, id }) {
  const step = steps.stepOf(id, data)
  const { scatterMap } = steps
  const cells = scatterMap.cells(channel, data).filter((cell) => cell >= 0)
  const sentence = words.data(steps.scene.roles.data, steps.index(step), steps.number(step), cells.length, first)
  if (!steps.has(step)) return { outlines: [], sentence }
  const { fills, outlines, equation } = frame(steps, shown, step)
  return { fills: fills.filter(({ plane }) => plane[0] === "p"), outlines, equation, sentence }
}

// A cell of the result: the numbers whose stamps reach it, and through which weights.
function result(steps, shown, plane, cell, { first, name }) {
  const { scatterMap } = steps
  const met = scatterMap.senders(plane).map((channel) => ({ channel, writers: scatterMap.writers(channel, cell) }))
  const outlines = met.flatMap(({ channel, writers }) => [
    { plane: `x.${channel}`, cells: writers.map(({ data }) => data), role: "cells" },
    ...(steps.weights ? [{ plane: `w.${scatterMap.weight(channel, plane)}`, cells: writers.map(({ place }) => place), role: "cells" }] : []),
  ])
  return { outlines: [...outlines, { plane: `y.${plane}`, cells: [cell], role: "cells" }], sentence: sum(steps, plane, cell, met, { first, name }) }
}

function sum(steps, plane, cell, met, { first, name }) {
  const { scatterMap } = steps
  const index = scatterMap.index(plane, cell)
  const terms = met.flatMap(({ channel, writers }) =>
    writers.map(({ data, place }) => term(steps, channel, data, scatterMap.weight(channel, plane), place)),
  )
  if (!index) return words.rim(name, terms.length)
  const bias = steps.scene.grids.b?.values[plane]
  if (bias !== undefined) terms.push(words.plain(bias))
  const last = steps.scene.adds ? terms : terms.slice(-1)
  return words.result(at(name, index, first), last, steps.y ? steps.finished(plane)[cell] : null)
}

function term(steps, channel, data, weight, place) {
  const value = steps.number(channel * steps.scatterMap.size + data)
  const divisor = steps.scene.divisors?.[data]
  if (divisor) return words.share(value, divisor)
  return weight < 0 ? words.plain(value) : words.term(value, steps.weight(weight, place))
}

// What says where everything goes: an index, or a number of x with the windows that it won.
function witness(steps, shown, channel, cell, context) {
  if (steps.witness === "indices") return number(steps, shown, channel, cell, { ...context, id: `x.${channel}` })
  const won = steps.scatterMap.writers(channel, cell).map(({ data }) => data)
  const found = steps.locate(context.id, cell)
  const index = indexIn(steps, found)
  return {
    outlines: [
      { plane: context.id, cells: [cell], role: "cells" },
      { plane: `x.${channel}`, cells: won, role: "cells" },
      { plane: `y.${channel}`, cells: [cell], role: "cells" },
    ],
    sentence: words.won(index, steps.value(context.id, cell), won.length, context.first),
  }
}

// A weight: every cell on which it has landed.
function weight(steps, shown, plane, place, { first, id }) {
  const { scatterMap } = steps
  const found = steps.locate(id, place)
  const users = scatterMap.sends.flatMap((to, channel) => to.flatMap(([result, w]) => (w === plane ? [{ result, channel }] : [])))
  const cells = Array.from({ length: scatterMap.size }, (_, data) => scatterMap.cells(0, data)[place]).filter((cell) => cell >= 0)
  const index = indexIn(steps, found)
  return {
    outlines: [
      { plane: id, cells: [place], role: "output" },
      ...users.map(({ result }) => ({ plane: `y.${result}`, cells, role: "cells" })),
    ],
    sentence: words.weight(found.grid, index, steps.value(id, place), users.length * cells.length, first),
  }
}

// A place of the stamp: its two factors, and the cell on which it lands.
function product(steps, shown, plane, place, { step, first, name, id }) {
  const { scatterMap } = steps
  const { channel, data } = scatterMap.place(step)
  const through = scatterMap.weight(channel, plane)
  const cell = scatterMap.cells(channel, data)[place]
  if (through === undefined || cell < 0) return null
  const landed = steps.added(step, plane)[place]
  const where = words.where(name, scatterMap.index(plane, cell), first)
  return {
    outlines: [
      { plane: id, cells: [place], role: "output" },
      { plane: `x.${channel}`, cells: [data], role: "window" },
      ...(through < 0 ? [] : [{ plane: `w.${through}`, cells: [place], role: "output" }]),
      { plane: `y.${plane}`, cells: [cell], role: "output" },
    ],
    sentence:
      through < 0 ? words.landed(landed, where) : words.product(steps.number(step), steps.weight(through, place), landed, where),
  }
}

function bias(steps, shown, plane, cell, { id }) {
  return { outlines: [{ plane: id, cells: [cell], role: "output" }], sentence: words.bias(steps.scene.grids.b.values[plane]) }
}
