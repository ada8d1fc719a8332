import assert from "node:assert/strict"
import { test } from "node:test"

import { Steps } from "../../static/js/steps.js"
import { frames, range, stepsOf, titled } from "./fixtures.js"

const sceneOf = (title) => titled(title).events[0].data

test("a step is known once its batch has arrived", () => {
  const steps = new Steps(sceneOf("the bare page"))
  assert.equal(steps.count, 25)
  assert.equal(steps.at(0), undefined)
  steps.add({ start: 10, y: [1, 2] })
  assert.deepEqual([9, 10, 11, 12].map((step) => steps.has(step)), [false, true, true, false])
  assert.equal(steps.at(11).y, 2)
})

test("a batch that comes a second time is kept once, and a longer one from the same step is added", () => {
  const steps = new Steps(sceneOf("the bare page"))
  for (const y of [[1, 2], [1, 2], [1], [1, 2, 3]]) steps.add({ start: 0, y })
  assert.equal(steps.batches.length, 2)
  assert.equal(steps.at(2).y, 3)
})

test("a single channel without a bias has one sum, its output", () => {
  const steps = stepsOf(titled("the bare page"))
  assert.deepEqual(steps.at(12), { y: 31, sums: [31], a: null, argmax: undefined })
})

test("channel sums and bias make the output of every step", () => {
  for (const scene of frames) {
    const steps = stepsOf(scene)
    for (let step = 0; step < steps.count; step++) {
      const { y, sums } = steps.at(step)
      const bias = steps.bias(steps.geometry.place(step).filter) ?? 0
      const sum = sums.reduce((total, one) => total + one, 0) + bias
      assert.equal(sum, y, `${scene.title}, step ${step}`)
    }
  }
})

test("an activation comes with its step", () => {
  const steps = stepsOf(titled("an activation"))
  const negative = steps.batches[0].y.findIndex((y) => y < 0)
  assert.equal(steps.at(negative).a, 0)
  assert.equal(steps.at(12).a, 31)
})

test("the window sees zeros in the padding and the input behind it", () => {
  const { x } = sceneOf("a rim of zeros").grids
  const steps = stepsOf(titled("a rim of zeros"))
  assert.equal(steps.input(0, 0), 0)
  assert.equal(steps.input(0, 9 + 2), x.values[0])
  const mirrored = stepsOf(titled("a rim that reflects"))
  assert.equal(mirrored.input(0, 0), x.values[5 + 2])
})

test("weights are looked up turned in a true convolution, and channel by channel in groups", () => {
  assert.equal(stepsOf(titled("a true convolution")).weight(0, 0), 6)
  const { w } = sceneOf("groups").grids
  assert.equal(stepsOf(titled("groups")).weight(7, 2), w.values[(3 * 2 + 1) * 4 + 2])
})

test("each filter has its bias, or there is none", () => {
  assert.deepEqual([0, 1, 2, 3].map((filter) => stepsOf(titled("groups")).bias(filter)), [1, 2, -3, 0.5])
  assert.equal(stepsOf(titled("the bare page")).bias(0), null)
})

test("a row of steps is a row of outputs, and a plane is one filter's", () => {
  const { count, row, plane } = stepsOf(titled("the bare page")).rhythm
  assert.deepEqual([count, row, plane], [25, 5, 25])
  for (const scene of frames) {
    const { rhythm, geometry } = stepsOf(scene)
    assert.equal(rhythm.count, rhythm.plane * geometry.filters)
    assert.equal(rhythm.plane % rhythm.row, 0)
  }
})

test("a window is plain where it holds one single value, in all of its channels together", () => {
  const scene = sceneOf("the bare page")
  const plain = (values) => {
    const { rhythm } = new Steps({ ...scene, grids: { ...scene.grids, x: { ...scene.grids.x, values } } })
    return range(25).filter((step) => !rhythm.isPlain(step))
  }
  const one = new Array(49).fill(3)
  assert.deepEqual(plain(one), [])
  assert.deepEqual(plain(one.with(0, 4)), [0])
  assert.deepEqual(plain(one.with(24, 0)), [6, 7, 8, 11, 12, 13, 16, 17, 18])
})

test("channels that hold one value each, but not the same, make no window plain", () => {
  const scene = structuredClone(frames.find(({ events }) => events[0].data.feeds[0].length > 1).events[0].data)
  const { x } = scene.grids
  x.values = x.values.map((_, at) => Math.floor((at * x.shape[0]) / x.values.length))
  assert.equal(new Steps(scene).isPlain(0), false)
})
