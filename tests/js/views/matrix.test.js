import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { Steps, frame, inspect } from "../../../static/js/views/matrix.js"
import { range } from "../fixtures.js"

const scenes = JSON.parse(readFileSync(new URL("../../fixtures/matrix.json", import.meta.url), "utf-8"))

function stepsOf({ events }) {
  const [{ data }, ...others] = events
  const steps = new Steps(structuredClone(data))
  for (const { name, data: batch } of others) if (name === "steps") steps.add(batch)
  return steps
}

const titled = (title) => scenes.find((scene) => scene.title === title)

for (const scene of scenes) {
  test(`the rows of ${scene.title} are those that Python makes`, () => {
    const steps = stepsOf(scene)
    for (const expected of scene.frames) assert.deepEqual(frame(steps, scene.shown, expected.step), expected)
  })

  test(`F vec(x) is vec(y): ${scene.title}`, () => {
    const steps = stepsOf(scene)
    const x = steps.data.values
    for (const row of range(steps.count)) {
      const sum = x.reduce((total, value, column) => total + value * steps.value("F.0", row * steps.width + column), 0)
      assert.ok(Math.abs(sum - steps.at(row).y) < 1e-9)
    }
  })
}

test("an entry leads to its weight, to the number that it multiplies and to the one that it goes into", () => {
  const scene = titled("a picture")
  const steps = stepsOf(scene)
  const { outlines, sentence } = inspect(steps, scene.shown, "F.0", 4 * steps.width + 8, { step: 0, firstIndex: 0 })
  const cells = Object.fromEntries(outlines.map(({ plane, cells }) => [plane, cells]))
  assert.deepEqual(cells["X.0"], [8])
  assert.deepEqual(cells["Y.0"], [4])
  assert.deepEqual(cells["w.0"], [2])
  assert.equal(sentence, "F[y[1, 1], x[1, 3]] = 1")
})

test("a zero of the matrix says that nothing is read there", () => {
  const scene = titled("a picture")
  const { sentence } = inspect(stepsOf(scene), scene.shown, "F.0", 19, { step: 0, firstIndex: 0 })
  assert.equal(sentence, "y[0, 0] does not read x[3, 4]: a zero of F")
})

test("a weight lights every entry that it has, one for each output", () => {
  const scene = titled("a picture")
  const steps = stepsOf(scene)
  const { outlines } = inspect(steps, scene.shown, "w.0", 2, { step: 0, firstIndex: 0 })
  const { cells } = outlines.find(({ plane }) => plane === "F.0")
  assert.equal(cells.length, steps.count)
  assert.ok(cells.every((cell) => steps.value("F.0", cell) === 1))
})

test("a number of vec(y) leads to its row of F", () => {
  const scene = titled("channels and filters")
  const steps = stepsOf(scene)
  const { step, sentence } = inspect(steps, scene.shown, "Y.0", 5, { step: 0, firstIndex: 0 })
  assert.equal(step, 5)
  assert.match(sentence, /^y\[1, 0, 1\] = /)
})

test("an entry that one weight holds is edited as that weight, a sum of two is not", () => {
  const steps = stepsOf(titled("a picture"))
  assert.deepEqual(steps.locate("F.0", 2), { grid: "w", at: 2 })
  assert.equal(steps.locate("F.0", 19), null)
  const copied = stepsOf(titled("a rim that copies"))
  assert.equal(copied.value("F.0", 0), 111)
  assert.equal(copied.locate("F.0", 0), null)
})
