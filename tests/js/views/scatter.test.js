import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { frame, inspect } from "../../../static/js/views/scatter.js"
import { Steps } from "../../../static/js/views/scatter/steps.js"
import * as zeroInsertion from "../../../static/js/views/zero-insertion.js"

const scenes = JSON.parse(readFileSync(new URL("../../fixtures/scatter.json", import.meta.url), "utf-8"))
const isScatter = ({ events }) => events[0].data.view === "scatter"
const stamped = scenes.filter(isScatter)
const titled = (title) => scenes.find((scene) => scene.title === title)

function stepsOf({ events }, Kind = Steps) {
  const [{ data: scene }, ...others] = events
  const steps = new Kind(structuredClone(scene))
  for (const { name, data } of others) if (name === "steps") steps.add(data)
  return steps
}

for (const scene of scenes) {
  const view = isScatter(scene) ? { frame, Steps } : zeroInsertion
  test(`the frames of ${scene.title} are those that Python makes`, () => {
    const steps = stepsOf(scene, view.Steps)
    for (const expected of scene.frames) assert.deepEqual(view.frame(steps, scene.shown, expected.step), expected)
  })
}

for (const scene of stamped) {
  if (scene.shown.isLarge) continue // its picture is shown finished

  test(`${scene.title} ends in y, and the rim is cut off`, () => {
    const steps = stepsOf(scene)
    const { y } = scene.events.findLast(({ name }) => name === "steps").data
    const planes = steps.scene.told.map((plane) => steps.held(plane, steps.count - 1).values.filter((value) => value !== null))
    assert.deepEqual(planes, y)
  })

  test(`the picture of ${scene.title} is the same however one comes to a step`, () => {
    const [forward, backward] = [stepsOf(scene), stepsOf(scene)]
    const order = Array.from({ length: forward.count }, (_, step) => step)
    const [plane] = forward.scene.told
    const there = order.map((step) => forward.picture(plane, step))
    const back = order.toReversed().map((step) => backward.picture(plane, step)).toReversed()
    assert.deepEqual(there, back)
  })
}

const at = (scene, id, cell, step = 0) => inspect(stepsOf(scene), scene.shown, id, cell, { step, firstIndex: 0 })

test("a cell of the result lists whose stamps reach it", () => {
  const found = at(titled("a transposed convolution"), "y.0", 2 * 7 + 2)
  assert.equal(found.sentence, "y[2, 2] = 2·1 + 1·2 + 0·0 + 2·1 = 6 · from 4 stamps")
  const cells = Object.fromEntries(found.outlines.map(({ plane, cells }) => [plane, cells]))
  assert.deepEqual(cells, { "x.0": [0, 1, 3, 4], "w.0": [8, 6, 2, 0], "y.0": [16] })
})

test("a number of the data shows its stamp, and leaves the result as it is", () => {
  const found = at(titled("a transposed convolution"), "x.0", 8)
  assert.equal(found.sentence, "x[2, 2] = 2 · its stamp lands on 9 cells")
  assert.deepEqual(found.fills.map(({ plane }) => plane), ["p.0"])
  assert.equal(found.equation.tallies.length, 3)
})

test("a weight shows every cell on which it lands", () => {
  const { sentence, outlines } = at(titled("a transposed convolution"), "w.0", 0)
  assert.equal(sentence, "w[0, 0] = 1 · lands on 9 cells, once for each number")
  assert.deepEqual(outlines[1].cells, [0, 2, 4, 14, 16, 18, 28, 30, 32])
})

test("the rim says that it is cut off", () => {
  const { sentence } = at(titled("a rim that is cut off, and an extra row"), "y.0", 0)
  assert.equal(sentence, "outside y: what 1 stamp left here is cut off")
})

test("a place of the stamp says on which output it lands", () => {
  const { sentence } = at(titled("a transposed convolution"), "p.0", 1, 4)
  assert.equal(sentence, "2 · 2 = 4 · lands on y[2, 3]")
})

test("of values that replace each other the last one stays", () => {
  const { sentence } = at(titled("values that replace each other"), "y.0", 5)
  assert.equal(sentence, "y[1, 1] = −4 · from 1 stamp")
})

test("a click on an output goes to the stamp that completes it", () => {
  const steps = stepsOf(titled("a transposed convolution"))
  assert.equal(steps.stepOf("y.0", 16), 4)
  assert.equal(steps.stepOf("x.0", 7), 7)
})

test("a row of stamps is a row of the data, a plane one channel's, and a stamp of zeros shows nothing", () => {
  for (const scene of stamped) {
    const { rhythm, data } = stepsOf(scene)
    assert.equal(rhythm.count % rhythm.plane, 0)
    assert.equal(rhythm.row, data.shape.at(-1))
    assert.deepEqual(
      data.values.map((_, step) => rhythm.isPlain(step)),
      data.values.map((value) => value === 0),
    )
  }
})
