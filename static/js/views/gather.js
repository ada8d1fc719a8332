// Gather: the window reads, one output is written. app/views/gather.py makes the same frames.
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
  const grids = steps.scene.parameters.activation ? ["y", "a"] : ["y"]
  const all = window.map((_, place) => place)
  return {
    step,
    fills: [
      ...channels.map((channel) => ({ plane: `p.${channel}`, values: products(steps, filter, channel, window) })),
      ...grids.flatMap((grid) =>
        shown.filters.map((o) => ({ plane: `${grid}.${o}`, shown: clamp(step + 1 - o * geometry.area, geometry.area) })),
      ),
    ],
    outlines: [
      ...channels.map((channel) => ({ plane: `x.${channel}`, cells: window, role: "window" })),
      ...channels.map((channel) => ({ plane: `w.${filter}.${channel}`, cells: all, role: "kernel" })),
      { plane: `y.${filter}`, cells: [cell], role: "output" },
    ],
    links: [
      ...channels.map((channel) => ({ start: `x.${channel}`, end: `p.${channel}`, role: "window" })),
      ...channels.map((channel) => ({ start: `p.${channel}`, end: `y.${filter}`, role: "output" })),
    ],
    labels:
      group.length > 1
        ? channels.map((channel) => ({ plane: `w.${filter}.${channel}`, value: result.sums[channel - group[0]] }))
        : [],
    equation: equation(steps, shown, { filter, cell, group, channels, window, result }),
  }
}

function equation(steps, shown, { filter, cell, group, channels, window, result }) {
  const { geometry } = steps
  const channel = channels.includes(shown.channel) ? shown.channel : (channels[0] ?? group[0])
  const pairs = window.map((padded, place) => [
    steps.input(channel, padded),
    steps.weight(filter, channel - group[0], place),
  ])
  const index = geometry.index(cell)
  return {
    index: geometry.filters === 1 ? index : [filter, ...index],
    channel,
    place: channel - group[0],
    rows: chunks(pairs, geometry.cols.kernel),
    sums: result.sums.length > 1 ? result.sums : [],
    bias: steps.bias(filter),
    y: result.y,
    a: result.a,
  }
}

function products(steps, filter, channel, window) {
  const within = channel - steps.geometry.group(filter)[0]
  return window.map((padded, place) => steps.input(channel, padded) * steps.weight(filter, within, place) + 0)
}

const clamp = (value, most) => Math.min(Math.max(value, 0), most)

function chunks(list, size) {
  return Array.from({ length: list.length / size }, (_, i) => list.slice(i * size, (i + 1) * size))
}
