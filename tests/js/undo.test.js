import assert from "node:assert/strict"
import { test } from "node:test"

import { Undo } from "../../static/js/undo.js"

// Edits lead from a to b and on to c.
function edited() {
  const undo = new Undo()
  undo.remember("a")
  undo.remember("b")
  return undo
}

test("undo goes back edit by edit, and redo forward again", () => {
  const undo = edited()
  assert.equal(undo.back("c"), "b")
  assert.equal(undo.back("b"), "a")
  assert.equal(undo.back("a"), undefined)
  assert.equal(undo.forward("a"), "b")
  assert.equal(undo.forward("b"), "c")
  assert.equal(undo.forward("c"), undefined)
})

test("an edit after an undo takes the place of what was undone", () => {
  const undo = edited()
  undo.back("c")
  undo.remember("b")
  assert.equal(undo.forward("d"), undefined)
  assert.equal(undo.back("d"), "b")
})

test("the browser's back and forward are undo and redo where they lead to the same place, and nothing elsewhere", () => {
  const undo = edited()
  undo.arrive("b", "c")
  assert.deepEqual([undo.past, undo.future], [["a"], ["c"]])
  undo.arrive("c", "b")
  assert.deepEqual([undo.past, undo.future], [["a", "b"], []])
  undo.arrive("z", "c")
  assert.deepEqual([undo.past, undo.future], [["a", "b"], []])
})

test("the oldest of a hundred edits is forgotten for a newer one", () => {
  const undo = new Undo()
  for (let i = 0; i <= 100; i++) undo.remember(String(i))
  assert.equal(undo.past.length, 100)
  assert.equal(undo.past[0], "1")
})
