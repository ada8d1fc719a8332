import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { Steps, frame, inspect, say } from "../../../static/js/views/columns.js"
import { range } from "../fixtures.js"

const scenes = JSON.parse(readFileSync(new URL("../../fixtures/columns.json", import.meta.url), "utf-8"))

function stepsOf({ events }, { from = 0 } = {}) {
  const [{ data }, ...others] = events
  const steps = new Steps(structuredClone(data))
  for (const { name, data: batch } of others) if (name === "steps" && batch.start >= from) steps.add(batch)
  return steps
}

const titled = (title) => scenes.find((scene) => scene.title === title)
const look = (title, id, cell) => inspect(stepsOf(titled(title)), titled(title).shown, id, cell, { step: 0, firstIndex: 0 })
const cellsOf = ({ outlines }, plane, role) => outlines.find((outline) => outline.plane === plane && (!role || outline.role === role)).cells

for (const scene of scenes) {
  test(`the columns of ${scene.title} are those that Python makes`, () => {
    const steps = stepsOf(scene)
    for (const expected of scene.frames) assert.deepEqual(frame(steps, scene.shown, expected.step), expected)
  })

  test(`where an entry of ${scene.title} comes from, that cell leads back to it`, () => {
    const steps = stepsOf(scene)
    for (const entry of range(steps.matrix.rows * steps.count)) {
      const { plane, cell } = steps.matrix.spot(entry)
      assert.ok(steps.matrix.entries(plane, cell).includes(entry))
    }
  })
}

test("what windows copy is what the stream says that they hold", () => {
  for (const scene of scenes.filter(({ address }) => address.startsWith("/unfold"))) {
    const steps = stepsOf(scene)
    for (const step of range(steps.count)) {
      assert.deepEqual(steps.numbers(step), steps.matrix.column(step).map((entry) => steps.value("y.0", entry)))
    }
  }
})

test("a step in a later batch shows the same as when everything has come", () => {
  const scene = titled("more sums than are drawn")
  const steps = stepsOf(scene)
  const batch = { ...scene.events.find(({ name }) => name === "steps").data, start: 7 }
  const held = steps.held(5, 6).values
  batch.before = steps.scene.told.map((plane) => steps.picture(plane, 6))
  batch.was = batch.was.slice(7)
  batch.after = batch.after.slice(7)
  const late = new Steps(structuredClone(scene.events[0].data))
  late.add(batch)
  assert.equal(late.has(6), false)
  assert.deepEqual(late.held(5, 12), steps.held(5, 12))
  assert.equal(held.length, steps.scatterMap.area)
})

test("an entry is ringed in its window, and says which number it copies", () => {
  const found = look("an unfolding", "y.0", 3 * 6 + 4)
  assert.deepEqual(cellsOf(found, "x.0", "window"), [5, 6, 9, 10])
  assert.deepEqual(cellsOf(found, "x.0", "winner"), [10])
  assert.equal(found.sentence, "y[3, 4] = x[2, 2] = 11")
  assert.deepEqual(found.equation.index, [4])
})

test("a number says in how many columns it stands, and lights all its copies", () => {
  const found = look("an unfolding", "x.0", 5)
  assert.equal(cellsOf(found, "y.0").length, 4)
  assert.equal(found.sentence, "x[1, 1] = 6 · stands in 4 columns")
})

test("a zero of the padding is no number of x", () => {
  const scene = titled("windows that reach into the rim")
  const steps = stepsOf(scene)
  assert.equal(steps.locate("x.0", 0), null)
  assert.equal(steps.locate("y.0", 0), null)
  assert.equal(steps.value("y.0", 0), 0)
  assert.match(look(scene.title, "y.0", 0).sentence, /a zero of the padding/)
  assert.match(look(scene.title, "x.0", 0).sentence, /padding \(zeros\): 0 · stands in 1 column$/)
})

test("an entry of the unfolding is edited as the number that it copies", () => {
  const steps = stepsOf(titled("windows of channels"))
  const entry = (9 + 4) * steps.count + 3 // channel 1, tap (1, 1), window (1, 1)
  assert.deepEqual(steps.locate("y.0", entry), { grid: "x", at: 16 + 2 * 4 + 2 })
})

test("a sum says what adds up in it", () => {
  const found = look("a folding", "y.0", 5)
  assert.equal(found.sentence, "y[1, 1] = 6 + 6 + 6 + 6 = 24 · from 4 columns")
  assert.equal(cellsOf(found, "x.0").length, 4)
})

test("the loupe reads the sums of a folding", () => {
  const steps = stepsOf(titled("a folding"))
  assert.equal(steps.value("y.0", 5), 24)
})

test("what lands in the rim is said to be cut off", () => {
  assert.match(look("a folding with a rim that is cut off", "x.0", 0).sentence, /lands in the rim, which is cut off$/)
  assert.equal(look("a folding with a rim that is cut off", "y.0", 0).sentence, "outside y: what 1 column left here is cut off")
})

test("ones count the windows that cover each cell", () => {
  const scene = titled("ones that count")
  const { fills } = frame(stepsOf(scene), scene.shown, 8)
  assert.deepEqual(fills[0].values, [1, 2, 3, 2, 1, 2, 4, 6, 4, 2, 3, 6, 9, 6, 3, 2, 4, 6, 4, 2, 1, 2, 3, 2, 1])
  assert.deepEqual(fills[0].values, fills[0].counts)
})

test("a click on the matrix of a folding leads to its column, and the next one edits it", () => {
  const steps = stepsOf(titled("a folding"))
  assert.equal(steps.leads("x.0", 8, 0), true)
  assert.equal(steps.stepOf("x.0", 8), 2)
  assert.equal(steps.leads("x.0", 8, 2), false)
  assert.equal(steps.stepOf("y.0", 5), 4)
})

test("a step is described in words", () => {
  const [unfolding, folding] = ["an unfolding", "a folding"].map(titled)
  const described = ({ shown, ...scene }, step) => say(step, 6, [step], 0, 0, frame(stepsOf(scene), shown, step))
  assert.equal(described(unfolding, 4), "Step 5 of 6. Window 4 becomes column 4: 6, 7, 10, 11.")
  assert.equal(described(folding, 1), "Step 2 of 6. Column 1 lands where window 1 was: 2, 3, 6, 7. It adds to 2 cells that earlier columns have reached.")
})

test("a row of columns is a row of windows; a window of one value shows nothing, nor does a column of zeros", () => {
  for (const scene of scenes) {
    const { rhythm, matrix } = stepsOf(scene)
    assert.deepEqual([rhythm.count, rhythm.count % rhythm.row], [rhythm.plane, 0])
    const same = (columns) => columns.map((numbers) => (matrix.isCopy ? new Set(numbers).size === 1 : numbers.every((number) => number === 0)))
    const steps = stepsOf(scene)
    assert.deepEqual(range(rhythm.count).map(rhythm.isPlain), same(range(rhythm.count).map((step) => steps.numbers(step))))
  }
})
