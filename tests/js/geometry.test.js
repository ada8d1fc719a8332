import assert from "node:assert/strict"
import { test } from "node:test"

import { split } from "../../static/js/geometry.js"
import { frames, range, stepsOf, titled } from "./fixtures.js"

const scenes = frames.map((scene) => [scene.title, stepsOf(scene)])
const geometryOf = (title) => stepsOf(titled(title)).geometry

// The two axes as the server sent them; a line is a picture of one row.
function axesOf({ scene: { axes } }) {
  const single = { padding: [0, 0], taps: [[0]], source: [0], input: 1 }
  return axes.length === 1 ? [single, axes[0]] : axes
}

// At some places of a pooling's window no cell lies: it hangs over the end, or is smaller than its neighbours.
const lies = (padded) => padded >= 0

// The windows of an adaptive pooling follow from its sizes instead.
const hasStride = ([, steps]) => steps.scene.parameters.stride !== undefined

// A parameter along rows and columns: one number for both, or one for each; the only row of a line has none.
function along({ scene: { axes, parameters } }, name) {
  const each = [parameters[name] ?? 1].flat()
  return axes.length === 1 ? [1, each[0]] : [each.at(-2) ?? each[0], each.at(-1)]
}

test("each cell that an output reads is written to that output, and no other", () => {
  for (const [title, { geometry }] of scenes) {
    const reads = range(geometry.area).flatMap((out) => geometry.window(out).filter(lies).map((padded) => `${padded} → ${out}`))
    const padded = geometry.rows.padded * geometry.cols.padded
    const writes = range(padded).flatMap((cell) => geometry.writes(cell).map((out) => `${cell} → ${out}`))
    assert.deepEqual(writes.sort(), reads.sort(), title)
  }
})

test("the place at which an output meets a cell is where that cell lies in its window", () => {
  for (const [title, { geometry }] of scenes) {
    for (const out of range(geometry.area)) {
      geometry.window(out).forEach((padded, place) => lies(padded) && assert.equal(geometry.meets(out, padded), place, title))
    }
  }
})

test("an output does not meet a cell outside its window", () => {
  const geometry = geometryOf("the bare page")
  assert.equal(geometry.meets(0, 48), -1)
  assert.equal(geometryOf("a dilated kernel").meets(0, 1), -1)
})

test("each use of a weight is one output reading the cell that lies there", () => {
  for (const [title, { geometry }] of scenes) {
    for (const place of range(geometry.taps)) {
      const read = range(geometry.area).map((out) => geometry.window(out)[place])
      assert.deepEqual(geometry.uses(place), read.filter(lies), title)
    }
  }
})

test("in = out · stride − padding + place · dilation along both axes", () => {
  for (const [title, steps] of scenes.filter(hasStride)) {
    const { geometry } = steps
    const [rows, cols] = axesOf(steps)
    const [[rowStride, colStride], [rowDilation, colDilation]] = [along(steps, "stride"), along(steps, "dilation")]
    // Solved for the weights, a result is a place of the window, and a place of its own window an output.
    const isSolvedForWeights = steps.scene.operation === "conv2d_weight"
    for (const result of range(geometry.area)) {
      geometry.window(result).forEach((padded, met) => {
        if (!lies(padded)) return
        const [row, col] = split(padded, geometry.cols.padded)
        const ends = [split(result, geometry.cols.output), split(met, geometry.cols.kernel)]
        const [[outRow, outCol], [placeRow, placeCol]] = isSolvedForWeights ? ends.reverse() : ends
        const inRow = outRow * rowStride - rows.padding[0] + placeRow * rowDilation
        const inCol = outCol * colStride - cols.padding[0] + placeCol * colDilation
        assert.deepEqual([row - rows.padding[0], col - cols.padding[0]], [inRow, inCol], title)
      })
    }
  }
})

test("the weight at a place of the window is the one that the server's sums have there", () => {
  for (const [title, steps] of scenes.filter(([, { weights }]) => weights)) {
    const { geometry } = steps
    const { values } = steps.weights
    for (const step of range(steps.count)) {
      const { filter, cell } = geometry.place(step)
      const window = geometry.window(cell)
      const sums = geometry.group(filter).map((channel) => {
        const plane = geometry.weight(filter, channel)
        return window.reduce((sum, padded, place) => sum + steps.input(channel, padded) * values[plane * geometry.taps + geometry.tap(place)], 0)
      })
      sums.forEach((sum, i) => assert.ok(Math.abs(sum - steps.at(step).sums[i]) < 1e-9, `${title}, step ${step}`))
    }
  }
})

test("a plane of weights is used by the filter and the channel that it belongs to", () => {
  const geometry = geometryOf("groups")
  assert.deepEqual(geometry.users(7), [[3, 3]])
  for (const [title, { geometry }] of scenes.filter(([, { weights }]) => weights)) {
    for (const filter of range(geometry.filters)) {
      for (const channel of geometry.group(filter)) {
        const users = geometry.users(geometry.weight(filter, channel)).map(String)
        assert.ok(users.includes(`${filter},${channel}`), title)
      }
    }
  }
})

test("a window that hangs over has no cells there, and counts the others", () => {
  const geometry = geometryOf("a mean that hangs over")
  const corner = geometry.window(geometry.area - 1)
  assert.equal(geometry.area, 9)
  assert.equal(corner.length, geometry.taps)
  assert.equal(geometry.counted(geometry.area - 1), corner.filter(lies).length)
  const adaptive = geometryOf("an adaptive mean")
  for (const out of range(adaptive.area)) assert.equal(adaptive.counted(out), adaptive.window(out).filter(lies).length)
})

test("a mean that does not count its rim counts the input cells of its window", () => {
  const geometry = geometryOf("a mean that does not count its rim")
  for (const out of range(geometry.area)) {
    const inputs = geometry.window(out).filter((padded) => geometry.source(padded) >= 0)
    assert.equal(geometry.counted(out), inputs.length)
  }
})

test("a true convolution turns the kernel by half a turn", () => {
  const geometry = geometryOf("a true convolution")
  assert.deepEqual(range(6).map((place) => geometry.tap(place)), [5, 4, 3, 2, 1, 0])
})

test("a zero of the padding has no source, and a copied edge has the edge", () => {
  assert.equal(geometryOf("a rim of zeros").source(0), -1)
  assert.equal(geometryOf("a rim that reflects").source(0), 7)
  assert.equal(geometryOf("a rim that repeats the edge").source(0), 0)
  assert.equal(geometryOf("a rim that wraps round").source(0), 18)
})

test("every filter reads all channels, its own group, or in depthwise its own channel", () => {
  const groups = (title) => {
    const geometry = geometryOf(title)
    return range(geometry.filters).map((filter) => geometry.group(filter))
  }
  assert.deepEqual(groups("three colours and two filters"), [[0, 1, 2], [0, 1, 2]])
  assert.deepEqual(groups("groups"), [[0, 1], [0, 1], [2, 3], [2, 3]])
  assert.deepEqual(groups("depthwise"), [[0], [0], [1], [1], [2], [2]])
  assert.deepEqual(groups("a maximum of each channel, hanging over"), [[0], [1], [2]])
})

test("steps go filter by filter, and outputs are counted as PyTorch counts them", () => {
  const picture = geometryOf("three colours and two filters")
  assert.deepEqual(picture.place(10), { filter: 1, cell: 1 })
  assert.deepEqual(picture.index(1, 5), [1, 1, 2])
  const line = geometryOf("lines with channels")
  assert.deepEqual(line.place(line.area + 2), { filter: 1, cell: 2 })
  assert.deepEqual(line.index(1, 2), [1, 2])
  assert.deepEqual(geometryOf("the bare page").index(0, 12), [2, 2])
})
