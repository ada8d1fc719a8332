import assert from "node:assert/strict"
import { test } from "node:test"

import { Steps } from "../../../static/js/steps.js"
import { Steps as TableSteps, frame, inspect, litWith } from "../../../static/js/views/tables.js"
import { range, titled } from "../fixtures.js"

const { events, shown } = titled("the bare page")
const [{ data: scene }, { data: batch }] = events
const area = scene.steps

// A matrix that no script knows: three cells of each window's row, and a list of the results.
const lighting = [
  { plane: "T.0", role: "window", by_filter: 0, by_cell: 3, count: 3, every: 1 },
  { plane: "U.0", role: "kernel", by_filter: 0, by_cell: 1, count: 3, every: area },
  { plane: "Y.0", role: "output", by_filter: area, by_cell: 1, count: 1, every: 1 },
]
const steps = new Steps({ ...structuredClone(scene), lighting })
steps.add(batch)

test("the steps of a view of tables alone light what the tables say, and fill what they write to", () => {
  const { outlines, fills, links } = frame(steps, shown, 2)
  assert.deepEqual(outlines.slice(-3), [
    { plane: "T.0", cells: [6, 7, 8], role: "window" },
    { plane: "U.0", cells: [2, area + 2, 2 * area + 2], role: "kernel" },
    { plane: "Y.0", cells: [2], role: "output" },
  ])
  assert.deepEqual(fills.at(-1), { plane: "Y.0", shown: 3 })
  assert.deepEqual(links, [])
})

test("a cell of a table lights what stands at its place in the others, and the results of its steps", () => {
  const { outlines } = inspect(steps, shown, "T.0", 7, { step: 0, firstIndex: 0 })
  assert.deepEqual(outlines, [
    { plane: "T.0", cells: [7], role: "window" },
    { plane: "U.0", cells: [area + 2], role: "cells" },
    { plane: "Y.0", cells: [2], role: "cells" },
  ])
})

test("a plane of no table and of no grid says nothing", () => {
  assert.equal(inspect(steps, shown, "Z.0", 0, { step: 0, firstIndex: 0 }), null)
})

test("a cell that no step lights has nothing beside it", () => {
  assert.ok(litWith(steps, "T.0", 3 * area).every(({ cells }) => cells.length === 0))
})

test("a scene without tables lights its grids alone", () => {
  const bare = new Steps(structuredClone(scene))
  bare.add(batch)
  assert.ok(range(area).every((step) => frame(bare, shown, step).outlines.every(({ plane }) => /^[xwpy]\./.test(plane))))
})

test("what stands in a table is in its drawing alone, what stands in a grid is known", () => {
  const tabled = new TableSteps({ ...structuredClone(scene), lighting })
  assert.equal(tabled.value("T.0", 0), undefined)
  assert.equal(tabled.value("x.0", 0), steps.value("x.0", 0))
})
