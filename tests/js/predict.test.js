import assert from "node:assert/strict"
import { test } from "node:test"

import { Prediction } from "../../static/js/predict.js"
import { words } from "../../static/js/words.js"

// A stage without a page: it remembers what it is told to say.
function asking({ predict = true, step = 0 } = {}) {
  const said = []
  const stage = {
    player: { step, playing: false, phase: 1, pause: () => said.push("pause") },
    steps: { has: () => true },
    hasAttribute: (name) => name === "predict" && predict,
    say: (sentence) => said.push(sentence),
    hint: () => {},
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

test("a wrong guess is told the sum, and reveals it", () => {
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
