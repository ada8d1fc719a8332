import assert from "node:assert/strict"
import { test } from "node:test"

import { math } from "../../static/js/equation/mathml.js"
import { equationTree, letter } from "../../static/js/equation/tree.js"
import { equations } from "./fixtures.js"

for (const { title, equation, settings, tree, markup } of equations) {
  test(`the tree of ${title}, is the one that Python makes`, () => {
    assert.deepEqual(equationTree(equation, settings), tree)
  })

  test(`the equation of ${title}, is what Python writes`, () => {
    assert.equal(math(tree), markup)
  })
}

test("letters go on after z with a number", () => {
  assert.deepEqual([0, 25, 26, 51, 52].map(letter), ["a", "z", "a1", "z1", "a2"])
})
