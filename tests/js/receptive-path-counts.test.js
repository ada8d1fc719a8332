import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { move } from "../../static/js/receptive/list.js"
import { PathCounts, box, runs } from "../../static/js/receptive/path-counts.js"

const stacks = JSON.parse(readFileSync(new URL("../fixtures/path_counts.json", import.meta.url)))

const plain = (found) => found.map((line) => line && [...line])
const titled = (title) => stacks.find((stack) => stack.title === title)

for (const { title, links, map, unit, counts, moved, masks } of stacks) {
  test(`what a unit sees and moves in ${title} is what Python says`, () => {
    const pathCounts = new PathCounts(links)
    unit.forEach((place, axis) => {
      assert.deepEqual(plain(pathCounts.counts(map, place, axis)), counts[axis])
      assert.deepEqual(plain(pathCounts.moved(map, place, axis)), moved[axis])
    })
    if (masks) assert.deepEqual(pathCounts.masks(map, unit).map((mask) => mask && runs(mask)), masks)
  })
}

test("light falls one map a step, and reaches the foot of a branch after its longest path", () => {
  const { links } = titled("an inception module")
  const pathCounts = new PathCounts(links)
  const last = links.maps.length - 1
  const steps = pathCounts.steps(last)
  assert.equal(steps[last], 0)
  assert.deepEqual([steps[1], steps[0]], [3, 4])
})

test("the box of a mask holds all that is lit, and of an empty one there is none", () => {
  assert.deepEqual(box({ rows: 3, cols: 3, cells: [0, 0, 0, 0, 1, 0, 0, 0, 1] }), { top: 1, bottom: 3, left: 1, right: 3 })
  assert.equal(box({ rows: 1, cols: 2, cells: [0, 0] }), null)
})

test("a layer that is moved leaves the others in their order", () => {
  assert.deepEqual(move(["a", "b", "c", "d"], 0, 2), ["b", "c", "a", "d"])
  assert.deepEqual(move(["a", "b", "c", "d"], 3, 1), ["a", "d", "b", "c"])
})
