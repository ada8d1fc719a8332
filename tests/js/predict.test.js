import assert from "node:assert/strict"
import { test } from "node:test"

import { Prediction, veil } from "../../static/js/predict.js"
import { words } from "../../static/js/words.js"

// A stage without a page: it remembers what it is asked to say.
function asking({ predict = true, step = 0 } = {}) {
  const said = []
  const stage = {
    player: { step, playing: false, phase: 1, pause: () => said.push("pause") },
    steps: { has: () => true },
    hasAttribute: (name) => name === "predict" && predict,
    speech: { say: (sentence) => said.push(sentence) },
    render: () => {},
    querySelector: () => ({ focus: () => {} }),
  }
  return { stage, said, prediction: new Prediction(stage) }
}

function answered(text, y) {
  const { prediction, said } = asking()
  prediction.answer(text, y)
  return { sentence: said.at(-1), isHeld: prediction.holds }
}

test("the sum itself is right", () => {
  assert.deepEqual(answered("31", 31), { sentence: words.right, isHeld: false })
})

test("two places after the point are close enough", () => {
  for (const text of ["0.33", "0.333", ".33", "0,33", " 0.33 "]) assert.equal(answered(text, 1 / 3).sentence, words.right, text)
  assert.equal(answered("0.67", 2 / 3).sentence, words.right)
  assert.equal(answered("0.3", 1 / 3).sentence, words.notQuite("0.3", 1 / 3))
})

test("a large sum may be a little further away", () => {
  assert.equal(answered("12345.6", 12345.67).sentence, words.right)
  assert.equal(answered("12346", 12345).sentence, words.notQuite("12346", 12345))
})

test("a minus may be typed or copied", () => {
  assert.equal(answered("-4", -4).sentence, words.right)
  assert.equal(answered("−4", -4).sentence, words.right)
  assert.equal(answered("4", -4).sentence, words.notQuite("4", -4))
})

test("a fraction is a number too, as the sentence beside the field says", () => {
  assert.equal(answered("1/9", 1 / 9).sentence, words.right)
  assert.equal(answered("−2/3", -2 / 3).sentence, words.right)
})

test("what is no number is asked for again, and reveals nothing", () => {
  for (const text of ["", "  ", "two", "1/", "/2", "1/0", "1/2/3", "--1"]) {
    assert.deepEqual(answered(text, 2), { sentence: words.notNumber, isHeld: true }, text)
  }
})

test("a wrong guess is shown the sum, and reveals it", () => {
  assert.deepEqual(answered("30", 31), { sentence: words.notQuite("30", 31), isHeld: false })
})

test("each step is held back until it has been answered", () => {
  const { prediction, stage } = asking()
  assert.equal(prediction.holds, true)
  prediction.reveal()
  assert.equal(prediction.holds, false)
  stage.player.step = 1
  assert.equal(prediction.holds, true)
})

test("nothing is held back where no prediction is asked for", () => {
  assert.equal(asking({ predict: false }).prediction.holds, false)
})

test("playing stops before the sum is shown, once, and goes on over what is answered", () => {
  const { prediction, stage, said } = asking()
  Object.assign(stage.player, { playing: true, phase: 0.5 })
  prediction.moved()
  assert.deepEqual(said, [])
  stage.player.phase = 0.75
  prediction.moved()
  assert.deepEqual(said, ["pause"])
  prediction.reveal()
  prediction.moved()
  assert.deepEqual(said, ["pause"])
})

const equation = { kind: "sum", index: [0], rows: [[[2, 3], [4, 5]]], sums: [6, 20], place: 0, bias: 1, y: 27, a: 28 }
const whole = {
  step: 0,
  fills: [{ plane: "p.0", values: [6, 20] }, { plane: "y.0", shown: 1 }],
  outlines: [{ plane: "p.0", cells: [1], role: "winner" }, { plane: "y.0", cells: [0], role: "output" }],
  labels: [{ plane: "w.0", value: 26 }],
  equation: { ...equation, other: { ...equation, a: null } },
}

test("a frame that is asked for keeps its operands, and loses all that comes of them", () => {
  const seen = veil(whole)
  assert.deepEqual(seen.fills, [{ plane: "p.0", values: [null, null] }, { plane: "y.0", shown: 1 }])
  assert.deepEqual(seen.outlines, [whole.outlines[1]])
  assert.deepEqual(seen.labels, [{ plane: "w.0", value: NaN }])
  const asked = { ...equation, sums: [NaN, NaN], y: NaN, a: NaN }
  assert.deepEqual(seen.equation, { ...asked, other: { ...asked, a: null } })
})

test("a window without weights holds data, which may be seen", () => {
  const rows = [[[2, null], [4, null]]]
  assert.deepEqual(veil({ ...whole, equation: { ...equation, rows } }).fills[0].values, [6, 20])
})

test("a stamp loses its products, even a zero, and the sums where it lands", () => {
  const stamp = { kind: "stamp", y: 2, weights: [[3, 0, 1]], products: [[6, 0, null]], tallies: [{ after: 9 }], overlaps: 1 }
  assert.deepEqual(veil({ ...whole, equation: stamp }).equation, { ...stamp, products: [[NaN, NaN, null]], tallies: [], overlaps: 0 })
})

test("a column that copies loses its numbers, one that lands only the sums that it makes", () => {
  const copied = { kind: "column", grid: "y", y: 1, numbers: [1, 2], tallies: [], overlaps: 0 }
  assert.deepEqual(veil({ ...whole, equation: copied }).equation, { ...copied, y: NaN, numbers: [NaN, NaN] })
  const landing = { ...copied, grid: "x", tallies: [{ after: 3 }], overlaps: 1 }
  assert.deepEqual(veil({ ...whole, equation: landing }).equation, { ...landing, tallies: [], overlaps: 0 })
})

test("what the link gives is not held back, nor what has been answered, but all that lies between", () => {
  const { prediction, stage } = asking({ step: 5 })
  stage.given = 2
  prediction.reveal()
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6].map((step) => prediction.hides(step)), [false, false, true, true, true, false, true])
})

test("another kernel has other answers, another theme has not", () => {
  const { prediction } = asking()
  const scene = { operation: "conv2d", view: "gather", parameters: { stride: 1 }, grids: { w: { values: [1] } } }
  prediction.begin(scene)
  prediction.reveal()
  prediction.begin({ ...scene })
  assert.equal(prediction.holds, false)
  prediction.begin({ ...scene, grids: { w: { values: [2] } } })
  assert.equal(prediction.holds, true)
})
