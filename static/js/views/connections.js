// Connections: a line from every input to every output that reads it. app/views/connections.py makes the same frames.

import { split } from "../geometry.js"
import { inspect as inspectGrids } from "../inspect.js"
import { Steps as Grids, indexIn } from "../steps.js"
import { words as grids } from "../words.js"
import { frame as gather } from "./gather.js"
import { words } from "./connections/words.js"

export { ConnectionsPainter as Painter } from "./connections/paint.js"

// Connections are numbered as if there were one from every drawn input to every output.
export class Steps extends Grids {
  constructor(scene) {
    super(scene)
    this.way = scene.connections
    this.isBackward = scene.direction === "backward"
    if (this.isBackward) scene.grids.upstream = { shape: [scene.upstream.length], values: scene.upstream }
    this.drawn = this.geometry.cols.padded
  }

  // The drawn inputs that an output is connected to.
  inputsOf(cell) {
    const { cols } = this.geometry
    if (this.way === "full") return Array.from({ length: cols.input }, (_, real) => this.scene.axes[0].padding[0] + real)
    return cols.taps[cell].filter((input) => cols.source[input] >= 0)
  }

  get numbers() {
    return Array.from({ length: this.geometry.area }, (_, cell) => this.inputsOf(cell).map((input) => cell * this.drawn + input)).flat()
  }

  locate(id, cell) {
    return id[0] === "u" ? { grid: "upstream", at: cell } : super.locate(id, cell)
  }

  // What flows back over a connection to what it is multiplied with there: that, and what comes from above.
  flow(number, factor) {
    return [factor, this.scene.grids.upstream.values[this.ends(number).cell]]
  }

  // A connection's ends, and the place of the weight that it uses; −1 where a convolution has none.
  ends(number) {
    const [cell, input] = split(number, this.drawn)
    return { cell, input, place: this.geometry.cols.taps[cell].indexOf(input) }
  }

  // The connections that share this one's weight.
  sharing(number) {
    const { place } = this.ends(number)
    return this.way === "shared" ? this.numbers.filter((other) => this.ends(other).place === place) : [number]
  }
}

export function frame(steps, shown, step) {
  const base = gather(steps, shown, step)
  const { cell } = steps.geometry.place(step)
  const inputs = steps.inputsOf(cell)
  return {
    ...base,
    fills: base.fills.filter(({ plane }) => plane.startsWith("y.")),
    outlines: [
      ...base.outlines.filter(({ plane }) => !plane.startsWith("x.")),
      { plane: `x.${shown.channels[0]}`, cells: inputs, role: "window" },
      { plane: "e.0", cells: inputs.map((input) => cell * steps.drawn + input), role: "kernel" },
    ],
    links: [],
    labels: [],
  }
}

export function inspect(steps, shown, id, cell, context) {
  const look = { e: edge, x: input, w: weight, u: above }[id[0]]
  return look ? look(steps, shown, id, cell, context) : inspectGrids(steps, shown, id, cell, context)
}

// Connections, with both their ends and their weight.
function lit(steps, shown, numbers, places) {
  const ends = numbers.map((number) => steps.ends(number))
  const [channel, filter] = [shown.channels[0], shown.filters[0]]
  return [
    { plane: "e.0", cells: numbers, role: "cells" },
    { plane: `x.${channel}`, cells: distinct(ends.map(({ input }) => input)), role: "cells" },
    { plane: steps.geometry.weightId(filter, channel), cells: places, role: "cells" },
    { plane: `y.${filter}`, cells: distinct(ends.map(({ cell }) => cell)), role: "cells" },
  ]
}

const distinct = (cells) => [...new Set(cells)].sort((a, b) => a - b)

// A connection: all that share its weight.
function edge(steps, shown, id, number, { firstIndex }) {
  const { cell, input, place } = steps.ends(number)
  const sharing = steps.sharing(number)
  const x = indexIn(steps, steps.locate(`x.${shown.channels[0]}`, input))
  const y = steps.geometry.index(shown.filters[0], cell)
  if (steps.way !== "shared") return { outlines: lit(steps, shown, [number], []), sentence: words.ownWeight(x, y, firstIndex) }
  const plane = steps.geometry.weight(shown.filters[0], shown.channels[0])
  return { outlines: lit(steps, shown, sharing, [place]), sentence: words.shared(place, steps.weight(plane, place), sharing.length) }
}

function input(steps, shown, id, cell, { firstIndex }) {
  const numbers = steps.numbers.filter((number) => number % steps.drawn === cell)
  const found = steps.locate(id, cell)
  const own = { plane: id, cells: [cell], role: "window" }
  const plane = steps.geometry.weight(shown.filters[0], shown.channels[0])
  const outlines = [own, ...lit(steps, shown, numbers, distinct(numbers.map((number) => steps.ends(number).place).filter((place) => place >= 0))).filter(({ plane }) => plane !== id)]
  if (found && steps.isBackward) {
    const flows = numbers.map((number) => steps.flow(number, steps.weight(plane, steps.ends(number).place)))
    return { outlines, sentence: words.inputBack(indexIn(steps, found), flows, firstIndex) }
  }
  return { outlines, sentence: found ? words.input(indexIn(steps, found), steps.value(id, cell), numbers.length, firstIndex) : grids.padding(steps.scene.parameters.padding_mode, steps.value(id, cell), 0) }
}

// What comes from above to an output goes back over all that it read.
function above(steps, shown, id, cell, { firstIndex }) {
  const numbers = steps.inputsOf(cell).map((input) => cell * steps.drawn + input)
  const own = { plane: id, cells: [cell], role: "window" }
  const y = steps.geometry.index(shown.filters[0], cell)
  return { outlines: [own, ...lit(steps, shown, numbers, distinct(numbers.map((number) => steps.ends(number).place)))], sentence: words.above(y, steps.value(id, cell), numbers.length, firstIndex) }
}

// A weight: the connections that use it; where each has its own, it is only one of theirs.
function weight(steps, shown, id, place) {
  const numbers = steps.numbers.filter((number) => steps.ends(number).place === place)
  const own = { plane: id, cells: [place], role: "output" }
  const outlines = [own, ...lit(steps, shown, numbers, []).filter(({ plane }) => plane !== id)]
  if (steps.isBackward) {
    const flows = numbers.map((number) => steps.flow(number, steps.value(`x.${shown.channels[0]}`, steps.ends(number).input)))
    return { outlines, sentence: words.weightBack(place, flows) }
  }
  const sentence = steps.way === "shared" ? words.shared(place, steps.value(id, place), numbers.length) : words.many(numbers.length)
  return { outlines, sentence }
}

// A step, in the words of those who cannot see it.
export function say(step, count, index, y, first, { outlines }) {
  return words.step(step, count, index, y, outlines.find(({ plane }) => plane === "e.0").cells.length, first)
}
