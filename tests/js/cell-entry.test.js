import assert from "node:assert/strict"
import { test } from "node:test"
import { brush, NUMBER } from "../../static/js/cell-entry.js"

test("a brush paints the brightest value there is, and zero over cells that have it already", () => {
  assert.equal(brush([0, -4, 2], 2), 4)
  assert.equal(brush([0, 4, 2], 4), 0)
  assert.equal(brush([0, 0], 0), 9)
})

test("a number may be a fraction or a small decimal, and nothing else", () => {
  for (const text of ["3", "-3", "1/9", ".5", "2.", "1e-3"]) assert.match(text, NUMBER)
  for (const text of ["", "x", "1/", "--1", "1,2", "Infinity"]) assert.doesNotMatch(text, NUMBER)
})
