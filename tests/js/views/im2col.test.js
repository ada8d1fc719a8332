import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { Steps, frame, inspect } from "../../../static/js/views/im2col.js"
import { range } from "../fixtures.js"

const scenes = JSON.parse(readFileSync(new URL("../../fixtures/im2col.json", import.meta.url), "utf-8"))

function stepsOf({ events }) {
  const [{ data }, ...others] = events
  const steps = new Steps(structuredClone(data))
  for (const { name, data: batch } of others) if (name === "steps") steps.add(batch)
  return steps
}

const titled = (title) => scenes.find((scene) => scene.title === title)
const look = (title, id, cell) => inspect(stepsOf(titled(title)), titled(title).shown, id, cell, { step: 0, firstIndex: 0 })
const cellsOf = ({ outlines }, plane, role) => outlines.find((outline) => outline.plane === plane && (!role || outline.role === role))?.cells

for (const scene of scenes) {
  test(`the products of ${scene.title} are those that Python makes`, () => {
    const steps = stepsOf(scene)
    for (const expected of scene.frames) assert.deepEqual(frame(steps, scene.shown, expected.step), expected)
  })

  test(`W · X is Y: ${scene.title}`, () => {
    const steps = stepsOf(scene)
    for (const step of range(steps.count)) {
      const { filter, cell } = steps.geometry.place(step)
      const sum = range(steps.taps)
        .map((tap) => steps.value("W.0", filter * steps.taps + tap) * steps.value("X.0", tap * steps.area + cell))
        .reduce((total, product) => total + product, steps.bias(filter) ?? 0)
      assert.ok(Math.abs(sum - steps.at(step).y) < 1e-9)
    }
  })
}

test("an entry of X is ringed in its window, and meets a column of W", () => {
  const found = look("a picture", "X.0", 4 * 6 + 3) // the middle tap, window (1, 0)
  assert.deepEqual(cellsOf(found, "x.0", "winner"), [11])
  assert.deepEqual(cellsOf(found, "W.0"), [4])
  assert.deepEqual(cellsOf(found, "Y.0"), [3])
  assert.equal(found.sentence, "X[4, 3] = x[2, 1] = 11")
})

test("an entry of W is a weight, and multiplies a row of X", () => {
  const found = look("channels, filters and a bias", "W.0", 8 + 5) // filter 1, channel 1, tap (0, 1)
  assert.deepEqual(cellsOf(found, "w.3"), [1])
  assert.deepEqual(cellsOf(found, "X.0"), range(6).map((window) => 5 * 6 + window))
  assert.deepEqual(cellsOf(found, "Y.0"), range(6).map((window) => 6 + window))
  assert.match(found.sentence, /^W\[1, 5\] = w\[1, 1, 0, 1\] = .* · multiplies row 5 of X$/)
})

test("pointing at a number of x lights all its copies in X", () => {
  const found = look("a picture", "x.0", 7)
  const steps = stepsOf(titled("a picture"))
  const cells = cellsOf(found, "X.0")
  assert.equal(cells.length, 6)
  assert.ok(cells.every((cell) => steps.value("X.0", cell) === 7))
})

test("a rim that copies puts a number into more windows", () => {
  const cells = cellsOf(look("a rim that copies", "x.0", 2), "X.0")
  assert.equal(cells.length, 6) // three times as itself, three times as the rim before it
})

test("pointing at a weight lights it in W, its row of X, and a row of Y", () => {
  const found = look("channels, filters and a bias", "w.3", 1)
  assert.deepEqual(cellsOf(found, "W.0"), [8 + 5])
  assert.equal(cellsOf(found, "X.0").length, 6)
})

test("entries are edited as the numbers that they show, a padded zero is not", () => {
  const steps = stepsOf(titled("a true convolution with a stride"))
  assert.equal(steps.locate("X.0", 0), null)
  assert.deepEqual(steps.locate("X.0", 3 * 9 + 0), { grid: "x", at: 0 })
  assert.deepEqual(steps.locate("W.0", 0), { grid: "w", at: 3 }) // turned
})

test("a number of Y leads to its step, whichever filter it is of", () => {
  const { step, outlines, sentence } = look("channels, filters and a bias", "Y.0", 6 + 5)
  assert.equal(step, 6 + 5)
  assert.equal(outlines, null)
  assert.match(sentence, /^y\[1, 1, 2\] = /)
})
