// Scatter: one number of the data is read, and its stamp lands on the result. app/views/scatter/view.py makes the same frames.
//
// Computed here are products, and quotients, of two numbers of the grids, which IEEE 754 makes the same everywhere;
// every sum comes from the server.

export { inspect } from "./scatter/inspect.js"
export { ScatterPainter as Painter } from "./scatter/paint.js"
export { Steps } from "./scatter/steps.js"
export { say } from "./scatter/words.js"

const MOST_TALLIES = 3

export function frame(steps, shown, step) {
  const { scatterMap } = steps
  const { channel } = scatterMap.place(step)
  const results = shown.results ?? shown.filters
  const drawn = results.filter((plane) => scatterMap.weight(channel, plane) !== undefined)
  return {
    step,
    fills: [
      ...drawn.map((plane) => ({ plane: `p.${plane}`, values: steps.added(step, plane) })),
      ...(shown.isLarge ? [] : steps.fills(step, results)),
    ],
    outlines: outlines(steps, step, drawn),
    links: [
      ...drawn.map((plane) => ({ start: `x.${channel}`, end: `p.${plane}`, role: "window" })),
      ...drawn.map((plane) => ({ start: `p.${plane}`, end: `y.${plane}`, role: "output" })),
    ],
    labels: [],
    equation: equation(steps, step, drawn),
  }
}

function outlines(steps, step, drawn) {
  const { scatterMap } = steps
  const { channel, data } = scatterMap.place(step)
  const cells = scatterMap.cells(channel, data)
  const taps = cells.flatMap((cell, place) => (cell >= 0 ? [place] : []))
  const kernels = steps.weights ? drawn.map((plane) => scatterMap.weight(channel, plane)) : []
  return [
    { plane: `x.${channel}`, cells: [data], role: "window" },
    ...(steps.scene.gate ?? []).map((grid) => ({ plane: `${grid[0]}.${channel}`, cells: [data], role: "window" })),
    ...kernels.map((weight) => ({ plane: `w.${weight}`, cells: taps, role: "kernel" })),
    ...witness(steps, channel, data, cells),
    ...drawn.map((plane) => ({ plane: `y.${plane}`, cells: cells.filter((cell) => cell >= 0), role: "output" })),
  ]
}

// Where no window says what goes where: its index, or the number of x that won.
function witness({ scene }, channel, data, cells) {
  if (!scene.spots) return []
  const plane = `v.${channel}`
  return [scene.roles.data === "x" ? { plane, cells: [data], role: "window" } : { plane, cells, role: "winner" }]
}

// What came from above, and the slope that it was multiplied with, where the data is their product.
function gate({ gate, grids }, step) {
  return gate ? [gate[0], gate[2]].map((grid) => grids[grid].values[step]) : []
}

function equation(steps, step, drawn) {
  const { scatterMap, scene } = steps
  const { channel, data } = scatterMap.place(step)
  const plane = drawn[0] ?? scatterMap.sends[channel][0][0]
  const weight = scatterMap.weight(channel, plane)
  const products = steps.added(step, plane)
  const met = steps.tallies(step, plane)
  const cols = scatterMap.cols.lands[0].length
  return {
    kind: "stamp",
    index: steps.index(step),
    y: steps.number(step),
    grid: scene.roles.data,
    gate: gate(steps.scene, step),
    divisor: scene.divisors?.[data] ?? null,
    weights: weight < 0 ? null : chunks(products.map((_, place) => steps.weight(weight, place)), cols),
    products: chunks(products, cols),
    tallies: met.slice(0, MOST_TALLIES),
    overlaps: met.length,
    target: scene.spots ? scatterMap.index(plane, scatterMap.cells(channel, data)[0]) : null,
    adds: scene.adds,
  }
}

function chunks(list, size) {
  return Array.from({ length: list.length / size }, (_, i) => list.slice(i * size, (i + 1) * size))
}
