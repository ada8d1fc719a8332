import assert from "node:assert/strict"
import { test } from "node:test"

import { Steps, frame, inspect, say } from "../../../static/js/views/connections.js"
import { scenesOf, stepsOf } from "./companions.js"

const scenes = scenesOf("connections")
const titled = (title) => scenes.find((scene) => scene.title === title)
const HERE = { step: 0, firstIndex: 0 }
const cellsOf = ({ outlines }) => Object.fromEntries(outlines.map(({ plane, cells }) => [plane, cells]))

for (const scene of scenes) {
  test(`the frames of ${scene.title} are those that Python makes`, () => {
    const steps = stepsOf(Steps, scene)
    for (const expected of scene.frames) assert.deepEqual(frame(steps, scene.shown, expected.step), expected)
  })
}

test("a connection lights all that share its weight", () => {
  const scene = titled("the bare page")
  const found = inspect(stepsOf(Steps, scene), scene.shown, "e.0", 1, HERE)
  assert.deepEqual(cellsOf(found), { "e.0": [1, 10, 19, 28, 37, 46], "x.0": [1, 2, 3, 4, 5, 6], "w.0": [1], "y.0": [0, 1, 2, 3, 4, 5] })
  assert.equal(found.sentence, "b = 0 · one weight, shared by 6 connections")
})

test("a connection with a weight of its own lights itself alone", () => {
  const scene = titled("every input to every output")
  const found = inspect(stepsOf(Steps, scene), scene.shown, "e.0", 11, HERE)
  assert.deepEqual(cellsOf(found)["e.0"], [11])
  assert.equal(found.sentence, "from x[0] to y[1] · a weight of its own")
})

test("a weight lights the connections that use it, an input those that begin there", () => {
  const scene = titled("the bare page")
  const steps = stepsOf(Steps, scene)
  assert.deepEqual(cellsOf(inspect(steps, scene.shown, "w.0", 2, HERE))["e.0"], [2, 11, 20, 29, 38, 47])
  const found = inspect(steps, scene.shown, "x.0", 1, HERE)
  assert.deepEqual(cellsOf(found)["e.0"], [1, 9])
  assert.equal(found.sentence, "x[1] = 1 · 2 connections")
})

test("a padded zero has no connections", () => {
  const scene = titled("a rim of zeros")
  const found = inspect(stepsOf(Steps, scene), scene.shown, "x.0", 0, HERE)
  assert.deepEqual(cellsOf(found)["e.0"], [])
  assert.equal(found.sentence, "padding (zeros): 0 · read by 0 outputs")
})

test("a step says how many connections reach its output", () => {
  const scene = titled("every input to every output")
  const drawn = frame(stepsOf(Steps, scene), scene.shown, 1)
  assert.equal(say(1, 8, drawn.equation.index, drawn.equation.y, 0, drawn), "Step 2 of 8. 8 connections reach y[1], which is −3.")
})

test("backward, what comes from above goes back over the lines, times the weight or what was read there", () => {
  const scene = titled("what flows back")
  const steps = stepsOf(Steps, scene)
  const input = inspect(steps, scene.shown, "x.0", 3, HERE)
  assert.deepEqual(cellsOf(input)["e.0"], [11, 19, 27])
  assert.equal(input.sentence, "back to x[3]: (−1)·0 + 0·(−2) + 1·1 = 1 · the weight of each line, times what comes from above")
  const weight = inspect(steps, scene.shown, "w.0", 0, HERE)
  assert.equal(weight.sentence, "back to a: 0·1 + 1·0 + 3·(−2) + 6·1 + 10·1 + … = 55 · what each of its lines read, times what comes from above")
  const above = inspect(steps, scene.shown, "u.0", 2, HERE)
  assert.deepEqual(cellsOf(above)["e.0"], [18, 19, 20])
  assert.equal(above.sentence, "from above to y[2]: −2 · goes back over 3 connections")
})
