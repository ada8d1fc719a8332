import assert from "node:assert/strict"
import { test } from "node:test"

import { PACES, Tempo, tempo } from "../../static/js/tempo.js"
import { range } from "./fixtures.js"

const plane = (side, { planes = 1, isPlain = () => false } = {}) => ({ count: side * side * planes, row: side, plane: side * side, isPlain })
function steps(rhythm, pace = "auto") {
  const timed = tempo(rhythm, pace)
  return range(rhythm.count).map((step) => timed.at(step))
}
const lasting = (played) => played.reduce((sum, { each }) => sum + each, 0)

// The gears in the order in which they follow each other, with the steps in each.
function gears(played) {
  const found = []
  for (const { gear } of played) {
    if (found.at(-1)?.gear === gear) found.at(-1).steps++
    else found.push({ gear, steps: 1 })
  }
  return found.map(({ gear, steps }) => `${steps} ${gear}`).join(", ")
}

test("by itself it begins in full detail, ends the row sum by sum, and goes on row by row", () => {
  const played = steps(plane(5))
  assert.equal(gears(played), "2 product, 3 sum, 20 row")
  assert.deepEqual(played.slice(0, 6).map(({ each }) => each), [4000, 2000, 800, 800, 800, 100])
})

test("after the first plane it goes plane by plane", () => {
  const played = steps(plane(5, { planes: 3 }))
  assert.equal(gears(played), "2 product, 3 sum, 20 row, 50 plane")
  assert.ok(Math.abs(lasting(played.slice(25)) - 2000) < 1e-6)
})

test("windows that hold one single value are never slow, and the detail waits for the first that holds two", () => {
  const isPlain = (step) => step < 6 || step === 7
  const played = steps(plane(5, { isPlain }))
  assert.equal(gears(played), "6 row, 1 product, 1 sum, 1 product, 1 sum, 15 row")
  assert.deepEqual(played.slice(6, 10).map(({ each }) => each), [4000, 100, 2000, 800])
  for (const [step, { each }] of played.entries()) if (isPlain(step)) assert.ok(each <= 100)
})

test("where every window holds one single value nothing is slow", () => {
  const played = steps(plane(5, { planes: 2, isPlain: () => true }))
  assert.equal(gears(played), "25 row, 25 plane")
  assert.ok(Math.max(...played.map(({ each }) => each)) <= 100)
})

const SCENES = {
  "one step": plane(1),
  "a line": { count: 9, row: 9, plane: 9, isPlain: () => false },
  "a column": { count: 9, row: 1, plane: 9, isPlain: () => false },
  "a bare page": plane(5),
  "a digit": plane(26, { isPlain: (step) => step < 100 }),
  "a photograph": plane(126),
  "a photograph whose last rows alone hold something": plane(126, { isPlain: (step) => step < 15_000 }),
  "a photograph of one value": plane(126, { isPlain: () => true }),
  "many filters": plane(128, { planes: 64 }),
  "many filters, and something in every second window of a late row": plane(128, { planes: 64, isPlain: (step) => step < 9000 || step % 2 === 0 }),
  "many small filters": plane(1, { planes: 64 }),
}

for (const [title, rhythm] of Object.entries(SCENES)) {
  test(`by itself ${title} ends within forty seconds, and no step takes no time`, () => {
    const played = steps(rhythm)
    assert.ok(lasting(played) < 39_001, `${lasting(played)}`)
    assert.ok(played.every(({ each }) => each > 0))
  })
}

test("a digit keeps its first row at its full time, and so does what is smaller", () => {
  const played = steps(plane(26))
  assert.equal(gears(played), "2 product, 24 sum, 650 row")
  assert.equal(played[25].each, 800)
})

test("a gear that is chosen takes as long for every step, and a row half a second", () => {
  const each = (pace) => [...new Set(steps(plane(5, { planes: 2, isPlain: (step) => step < 9 }), pace).map(({ each }) => each))]
  assert.deepEqual(PACES.slice(1).map(each), [[4000], [800], [100]])
  assert.deepEqual(PACES.slice(1).map((pace) => tempo(plane(5), pace).at(7).gear), ["product", "sum", "row"])
})

test("what has no rhythm goes steadily", () => {
  assert.deepEqual([0, 1000].map((step) => new Tempo().at(step).each), [1400, 1400])
})
