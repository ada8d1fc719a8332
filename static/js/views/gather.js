// Gather: the window reads, one result is written. app/views/common/gather.py makes the same frames.
//
// The one thing computed here is a product of two numbers of the grids, which IEEE 754 makes the same everywhere;
// every sum comes from the server.

export function frame(steps, shown, step) {
  const { geometry } = steps
  const { filter, cell } = geometry.place(step)
  const group = geometry.group(filter)
  const channels = shown.channels.filter((channel) => group.includes(channel))
  const window = geometry.window(cell)
  const result = steps.at(step)
  const grids = steps.scene.parameters.activation && !steps.scene.gate ? ["y", "a"] : ["y"]
  const weight = (channel) => geometry.weightId(filter, channel)
  return {
    step,
    fills: [
      ...channels.map((channel) => ({ plane: `p.${channel}`, values: products(steps, filter, channel, window) })),
      ...grids.flatMap((grid) =>
        shown.filters.map((o) => ({ plane: `${grid}.${o}`, shown: clamp(step + 1 - o * geometry.area, geometry.area) })),
      ),
    ],
    outlines: outlines(steps, { filter, cell, channels, window, result }),
    links: [
      ...channels.map((channel) => ({ start: `x.${channel}`, end: `p.${channel}`, role: "window" })),
      ...channels.map((channel) => ({ start: `p.${channel}`, end: `y.${filter}`, role: "output" })),
    ],
    labels:
      group.length > 1
        ? channels.map((channel) => ({ plane: weight(channel), value: result.sums[group.indexOf(channel)] }))
        : [],
    equation: equation(steps, shown, { filter, cell, group, channels, window, result }),
  }
}

function outlines(steps, { filter, cell, channels, window, result }) {
  const { geometry } = steps
  const cells = window.filter((padded) => padded >= 0)
  const taps = window.flatMap((padded, place) => (padded >= 0 ? [place] : []))
  const kernels = steps.weights ? channels : []
  const winner = window.findIndex((padded) => padded >= 0 && geometry.source(padded) === result.argmax)
  return [
    ...channels.map((channel) => ({ plane: `x.${channel}`, cells, role: "window" })),
    ...kernels.map((channel) => ({ plane: geometry.weightId(filter, channel), cells: taps, role: "kernel" })),
    ...(winner < 0 ? [] : channels.map((channel) => ({ plane: `p.${channel}`, cells: [winner], role: "winner" }))),
    { plane: `y.${filter}`, cells: [cell], role: "output" },
  ]
}

function equation(steps, shown, { filter, cell, group, channels, window, result }) {
  const { geometry } = steps
  const channel = channels.includes(shown.channel) ? shown.channel : (channels[0] ?? group[0])
  const plane = geometry.weight(filter, channel)
  const pairs = window.map((padded, place) => (padded < 0 ? null : [steps.input(channel, padded), steps.weight(plane, place)]))
  const rows = chunks(pairs, geometry.cols.kernel).map((row) => row.filter((pair) => pair !== null))
  return {
    kind: "sum",
    index: geometry.index(filter, cell),
    channel,
    place: group.indexOf(channel),
    rows: rows.filter((row) => row.length > 0),
    sums: result.sums.length > 1 ? result.sums : [],
    bias: steps.bias(filter),
    ...reduction(steps, cell),
    y: result.y,
    a: result.a,
  }
}

function reduction({ scene, geometry }, cell) {
  const { name, power, divisor } = scene.reduction
  const isMean = name === "mean"
  const counted = isMean || name === "power" ? (divisor ?? geometry.counted(cell)) : null
  const factor = name === "power" && counted !== geometry.taps ? geometry.taps : null
  return { reduction: name, power, divisor: isMean || factor ? counted : null, factor }
}

function products(steps, filter, channel, window) {
  const plane = steps.geometry.weight(filter, channel)
  return window.map((padded, place) => {
    if (padded < 0) return null
    const value = steps.input(channel, padded)
    return steps.weights ? value * steps.weight(plane, place) + 0 : value
  })
}

const clamp = (value, most) => Math.min(Math.max(value, 0), most)

function chunks(list, size) {
  return Array.from({ length: list.length / size }, (_, i) => list.slice(i * size, (i + 1) * size))
}
