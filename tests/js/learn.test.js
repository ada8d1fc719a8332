// A lesson's products and cells, and the playhead of there and back.

import assert from "node:assert/strict"
import test from "node:test"

import { indexOfInput } from "../../static/js/learn/inspect.js"
import { Lesson } from "../../static/js/learn/lesson.js"
import { moments } from "../../static/js/learn/round-trip.js"

// x 2×3 with padding 1 at the left: [0 1 2 3; 0 4 5 6]; a 1×2 kernel at stride 2.
const lesson = () => {
  const made = new Lesson({
    padded: { shape: [2, 4], values: [0, 1, 2, 3, 0, 4, 5, 6] },
    taps: [[[0], [1]], [[0, 1], [2, 3]]],
    y: { shape: [2, 2] },
    parameters: { kernel_size: [1, 2], learning_rate: 0.1 },
    wanted: { values: [[1, 2], [3, 4]] },
    steps: 2,
  })
  made.take({ start: 0, w: [[0, 0]], y: [[0, 0, 0, 0]], error: [[-1, -2, -3, -4]], gradient: [[-24, -41]], loss: [15] })
  return made
}

test("a weight meets one cell at each position, and its gradient is the sum of error times x there", () => {
  assert.deepEqual(lesson().metBy(0), [0, 2, 4, 6])
  assert.deepEqual(lesson().metBy(1), [1, 3, 5, 7])
  assert.deepEqual(lesson().products(0, 0), [0, -4, 0, -20])
  assert.deepEqual(lesson().products(0, 1), [-1, -6, -12, -24])
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)
  assert.equal(sum(lesson().products(0, 0)), lesson().at(0).gradient[0])
})

test("a window is what all weights meet at one position", () => {
  assert.deepEqual(lesson().window(3), [6, 7])
})

test("a cell of the padding has no index of its own", () => {
  assert.equal(indexOfInput(lesson(), 4, [0, 0, 0, 1]), null)
  assert.deepEqual(indexOfInput(lesson(), 6, [0, 0, 0, 1]), [1, 1])
})

test("iterations may come in any batches", () => {
  const made = lesson()
  made.take({ start: 1, w: [[2.4, 4.1]], y: [[1, 2, 3, 4]], error: [[0, 0, 0, 0]], gradient: [[0, 0]], loss: [0] })
  assert.equal(made.count, 2)
  assert.equal(made.at(1).loss, 0)
})

test("the way back waits until the way there is over", () => {
  assert.deepEqual(moments(2, 0.5, 4), [{ step: 2, phase: 0.5 }, { step: 0, phase: 0 }])
  assert.deepEqual(moments(3, 1, 4), [{ step: 3, phase: 1 }, { step: 0, phase: 0 }])
  assert.deepEqual(moments(5, 0.2, 4), [{ step: 3, phase: 1 }, { step: 1, phase: 0.2 }])
})
