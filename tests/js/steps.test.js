import assert from "node:assert/strict"
import { test } from "node:test"

import { Steps } from "../../static/js/steps.js"
import { frames, stepsOf, titled } from "./fixtures.js"

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
