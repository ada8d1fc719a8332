import assert from "node:assert/strict"
import { test } from "node:test"

import { Steps, frame, inspect, say } from "../../../static/js/views/shift.js"
import { scenesOf, stepsOf } from "./companions.js"

const scenes = scenesOf("shift")
const titled = (title) => scenes.find((scene) => scene.title === title)
const HERE = { step: 0, firstIndex: 0 }

for (const scene of scenes) {
  test(`the frames of ${scene.title} are those that Python makes`, () => {
    const steps = stepsOf(Steps, scene)
    for (const expected of scene.frames) assert.deepEqual(frame(steps, scene.shown, expected.step), expected)
  })

  test(`inside, a whole stride moves ${scene.title} along`, () => {
    const steps = stepsOf(Steps, scene)
    for (let step = 0; step < steps.count; step++) {
      const { cell } = steps.geometry.place(step)
      const { y } = steps.at(step, "d.0")
      if (steps.shift.isAligned && !steps.isAtBorder(cell)) assert.equal(y, 0)
      assert.equal(steps.at(step, "y.0.other").y - steps.at(step, "t.0").y, y)
    }
  })
}

test("a number of the output belongs to the step to which it should have come", () => {
  const steps = stepsOf(Steps, titled("a move down and left"))
  assert.equal(steps.stepOf("y.0", 1), 10)
  assert.equal(steps.stepOf("t.0", 10), 10)
})

test("a number of x is lit where it went, with the outputs that read it before and after", () => {
  const scene = titled("a move down and left")
  const { outlines, sentence } = inspect(stepsOf(Steps, scene), scene.shown, "x.0", 8, HERE)
  const cells = Object.fromEntries(outlines.map(({ plane, cells }) => [plane, cells]))
  assert.deepEqual([cells["x.0"], cells["x.0.other"]], [[8], [21]])
  assert.deepEqual([cells["y.0"].length, cells["y.0.other"].length], [4, 3])
  assert.equal(sentence, "x[1, 1] = 9 · before and after")
})

test("what moved in and what moved out is said", () => {
  const scene = titled("the bare page")
  const steps = stepsOf(Steps, scene)
  assert.equal(inspect(steps, scene.shown, "x.0", 6, HERE).sentence, "x[0, 6] = 0 · moved out")
  assert.equal(inspect(steps, scene.shown, "x.0.other", 7, HERE).sentence, "0 · moved in, or padding")
  assert.equal(inspect(steps, scene.shown, "y.0", 4, HERE).sentence, "y[0, 4] = −27 · moved out")
})

test("a difference says where its window looks", () => {
  const scene = titled("half a stride")
  const { sentence } = inspect(stepsOf(Steps, scene), scene.shown, "d.0", 1, HERE)
  assert.match(sentence, /^y′\[0, 1\] = .* they differ by .*: no window of x began where it looks$/)
  const border = titled("the bare page")
  const left = inspect(stepsOf(Steps, border), border.shown, "d.0", 0, HERE).sentence
  assert.match(left, /nothing came from outside: 0 · they differ by 18: its window meets the border$/)
})

test("a step describes both outputs", () => {
  const scene = titled("the bare page")
  const drawn = frame(stepsOf(Steps, scene), scene.shown, 1)
  assert.equal(say(1, 25, drawn.equation.index, drawn.equation.y, 0, drawn), "Step 2 of 25. y′[0, 1] is 18. y[0, 0] is 18.")
})
