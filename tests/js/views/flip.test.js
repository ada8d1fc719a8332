import assert from "node:assert/strict"
import { test } from "node:test"

import { math } from "../../../static/js/equation/mathml.js"
import { equationTree } from "../../../static/js/equation/tree.js"
import { Steps, frame, inspect, say } from "../../../static/js/views/flip.js"
import { scenesOf, stepsOf } from "./companions.js"

const scenes = scenesOf("flip")
const titled = (title) => scenes.find((scene) => scene.title === title)
const HERE = { step: 0, firstIndex: 0 }

for (const scene of scenes) {
  test(`the frames of ${scene.title} are those that Python makes`, () => {
    const steps = stepsOf(Steps, scene)
    for (const expected of scene.frames) assert.deepEqual(frame(steps, scene.shown, expected.step), expected)
  })
}

test("the turned products add up to the convolution that the server computed", () => {
  const scene = titled("a line")
  const steps = stepsOf(Steps, scene)
  for (let step = 0; step < steps.count; step++) {
    const { fills, equation } = frame(steps, scene.shown, step)
    const { values } = fills.find(({ plane }) => plane === "p.0.other")
    assert.equal(values.reduce((sum, value) => sum + value), equation.other.y)
  }
})

test("a weight is lit at its place in both kernels", () => {
  const scene = titled("the bare page")
  const { outlines, sentence } = inspect(stepsOf(Steps, scene), scene.shown, "w.0", 2, HERE)
  const cells = Object.fromEntries(outlines.map(({ plane, cells }) => [plane, cells]))
  assert.deepEqual([cells["w.0"], cells["w.0.other"]], [[2], [6]])
  assert.match(sentence, /^w\[0, 2\] = 1 · used 25 times$/)
})

test("an input lights the outputs of both lanes, to each through the weight of its own lane", () => {
  const scene = titled("the bare page")
  const { outlines } = inspect(stepsOf(Steps, scene), scene.shown, "x.0", 0, HERE)
  const cells = Object.fromEntries(outlines.map(({ plane, cells }) => [plane, cells]))
  assert.deepEqual([cells["y.0"], cells["y.0.other"]], [[0], [0]])
  const weights = outlines.flatMap(({ through }) => (through ? [through] : []))
  assert.deepEqual(weights, [{ plane: "w.0", places: [[0]] }, { plane: "w.0.other", places: [[0]] }])
})

test("a product of the turned lane multiplies with the turned weight", () => {
  const scene = titled("the bare page")
  const { outlines, sentence } = inspect(stepsOf(Steps, scene), scene.shown, "p.0.other", 5, { ...HERE, step: 1 })
  assert.deepEqual(outlines.map(({ plane }) => plane), ["p.0.other", "x.0", "w.0.other"])
  assert.equal(sentence, "9 · −2 = −18")
})

test("a step describes both lanes", () => {
  const scene = titled("a line")
  const steps = stepsOf(Steps, scene)
  const drawn = frame(steps, scene.shown, 3)
  assert.equal(say(3, 6, drawn.equation.index, drawn.equation.y, 0, drawn), "Step 4 of 6, y[3]. As it is: −9. Turned: 9.")
})

test("a number of the turned output is its own, for the loupe", () => {
  const steps = stepsOf(Steps, titled("a line"))
  assert.deepEqual([steps.at(3, "y.0").y, steps.at(3, "y.0.other").y], [-9, 9])
})

test("a turned kernel keeps its letters at its weights", () => {
  const scene = titled("a line")
  const { equation } = frame(stepsOf(Steps, scene), scene.shown, 3)
  const markup = math(equationTree(equation, { firstIndex: 0, letters: true, activation: null, result: "y", most: 9 }))
  assert.deepEqual([...markup.matchAll(/<mi class="tap">(.)<\/mi>/g)].map(([, name]) => name), ["a", "b", "c", "c", "b", "a"])
  assert.match(markup, /<msubsup><mi>y<\/mi><mrow><mn>3<\/mn><\/mrow><mo>∗<\/mo><\/msubsup>/)
})
