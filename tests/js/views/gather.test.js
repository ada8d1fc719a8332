import assert from "node:assert/strict"
import { test } from "node:test"

import { frame } from "../../../static/js/views/gather.js"
import { frames, stepsOf, titled } from "../fixtures.js"

for (const scene of frames) {
  test(`the frames of ${scene.title} are those that Python makes`, () => {
    const steps = stepsOf(scene)
    for (const expected of scene.frames) {
      assert.deepEqual(frame(steps, scene.shown, expected.step), expected)
    }
  })
}

test("a frame shows the planes that are drawn, and no others", () => {
  const steps = stepsOf(titled("three colours and two filters"))
  const { fills, outlines } = frame(steps, { channels: [1], filters: [1], channel: -1 }, 0)
  const channels = new Set([...fills, ...outlines].map(({ plane }) => plane).filter((plane) => !plane.startsWith("y")))
  assert.deepEqual([...channels], ["p.1", "x.1", "w.1"])
})

test("the only channel that is drawn of several still says its own sum", () => {
  const steps = stepsOf(titled("three colours and one filter"))
  const { labels } = frame(steps, { channels: [2], filters: [0], channel: -1 }, 7)
  assert.deepEqual(labels, [{ plane: "w.2", value: steps.at(7).sums[2] }])
})

test("the equation is that of a channel that is drawn, until the link names another of the group", () => {
  const steps = stepsOf(titled("three colours and two filters"))
  const channelOf = (shown) => frame(steps, { filters: [0], ...shown }, 0).equation.channel
  assert.equal(channelOf({ channels: [1, 2], channel: -1 }), 1)
  assert.equal(channelOf({ channels: [1, 2], channel: 2 }), 2)
  assert.equal(channelOf({ channels: [], channel: -1 }), 0)
})

test("a channel that is not drawn does not enter the equation", () => {
  const steps = stepsOf(titled("three colours and two filters"))
  const { channel } = frame(steps, { channels: [1, 2], filters: [0], channel: 0 }, 0).equation
  assert.equal(channel, 1)
})

test("a channel of another group does not enter the equation", () => {
  const steps = stepsOf(titled("groups"))
  const { channel } = frame(steps, { channels: [0, 1, 2, 3], filters: [0], channel: 3 }, 0).equation
  assert.equal(channel, 0)
})

test("the winner of a window is the first of its largest values", () => {
  for (const scene of frames.filter(({ events }) => events[0].data.reduction.name === "max")) {
    const steps = stepsOf(scene)
    for (let step = 0; step < steps.count; step++) {
      const { outlines, fills, equation } = frame(steps, { ...scene.shown, channels: [0, 1, 2] }, step)
      const [winner] = outlines.filter(({ role }) => role === "winner")
      const { values } = fills.find(({ plane }) => plane === winner.plane)
      assert.deepEqual(winner.cells, [values.findIndex((value) => value === equation.y)], `${scene.title}, step ${step}`)
    }
  }
})

test("nothing lies where a window hangs over, and nothing is outlined there", () => {
  const steps = stepsOf(titled("a maximum of each channel, hanging over"))
  const { fills, outlines } = frame(steps, { channels: [1], filters: [1], channel: -1 }, 2 * steps.geometry.area - 1)
  const { values } = fills[0]
  assert.deepEqual(values.map((value) => value === null), [false, true, true, true, true, true])
  assert.equal(outlines[0].cells.length, 1)
})

test("the outputs appear one by one, filter after filter", () => {
  const scene = titled("three colours and two filters")
  const steps = stepsOf(scene)
  const seen = (step) => frame(steps, scene.shown, step).fills.flatMap(({ shown }) => (shown === undefined ? [] : [shown]))
  assert.deepEqual([0, 8, 9, 17].map(seen), [[1, 0], [9, 0], [9, 1], [9, 9]])
})

// What becomes of the products of a step: their sum with the bias, their largest, their mean, the root of their powers' sum.
function reduced(products, { reduction, power, divisor, factor, bias }) {
  if (reduction === "max") return Math.max(...products)
  const sum = products.reduce((total, product) => total + product ** power, bias ?? 0)
  if (reduction === "mean") return sum / divisor
  return ((factor ?? 1) * sum / (divisor ?? 1)) ** (1 / power)
}

test("the products of all channels and the bias come to what the server computed", () => {
  for (const scene of frames) {
    const steps = stepsOf(scene)
    const everyChannel = { ...scene.shown, channels: Array.from({ length: 16 }, (_, channel) => channel) }
    for (let step = 0; step < steps.count; step++) {
      const { fills, equation } = frame(steps, everyChannel, step)
      const products = fills.flatMap(({ values = [] }) => values).filter((value) => value !== null)
      const y = reduced(products, equation)
      assert.ok(Math.abs(y - equation.y) < 1e-9, `${scene.title}, step ${step}: ${y} is not ${equation.y}`)
    }
  }
})
