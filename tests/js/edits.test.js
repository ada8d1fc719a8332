import assert from "node:assert/strict"
import { test } from "node:test"

import { Edits } from "../../static/js/edits.js"

const edited = (...changes) => {
  const edits = new Edits()
  for (const [grid, index, text] of changes) edits.add({ grid, index, text })
  return edits
}

test("changes are written behind the text of their own grid", () => {
  const edits = edited(["x", "2.2", "5"], ["w", "0.0", "-1"], ["x", "1.1", "1/3"])
  assert.equal(edits.spell("x", "seven"), "seven!2.2:5!1.1:1/3")
  assert.equal(edits.spell("w", "sobel-x"), "sobel-x!0.0:-1")
  assert.equal(edits.spell("b", ""), "")
  assert.deepEqual([...edits.grids], ["x", "w"])
})

test("of several changes of one cell the last is written, whatever the text says already", () => {
  const edits = edited(["x", "2.2", "5"], ["x", "1.1", "3"], ["x", "2.2", "6"])
  assert.equal(edits.spell("x", "seven!2.2:4!12.2:1"), "seven!12.2:1!1.1:3!2.2:6")
})

test("writing the same changes twice writes them once", () => {
  const edits = edited(["x", "2.2", "5"])
  assert.equal(edits.spell("x", edits.spell("x", "seven")), "seven!2.2:5")
})

test("what has been brought is forgotten, and every change makes another version", () => {
  const edits = edited(["x", "2.2", "5"])
  const { version } = edits
  edits.add({ grid: "x", index: "2.2", text: "5" })
  assert.notEqual(edits.version, version)
  edits.clear()
  assert.equal(edits.isEmpty, true)
  assert.equal(edits.spell("x", "seven"), "seven")
})
