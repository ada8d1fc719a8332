import assert from "node:assert/strict"
import { test } from "node:test"

import { columnTree } from "../../static/js/equation/column.js"
import { mathml } from "../../static/js/equation/mathml.js"
import { stampTree } from "../../static/js/equation/stamp.js"
import { letter, sumTree } from "../../static/js/equation/tree.js"
import { equations } from "./fixtures.js"

const makers = { sum: sumTree, stamp: stampTree, column: columnTree }

for (const { title, equation, settings, tree, markup } of equations) {
  test(`the tree of ${title}, is the one that Python makes`, () => {
    assert.deepEqual(makers[equation.kind](equation, settings), tree)
  })

  test(`the equation of ${title}, is what Python writes`, () => {
    assert.equal(mathml(tree), markup)
  })
}

test("letters go on after z with a number", () => {
  assert.deepEqual([0, 25, 26, 51, 52].map(letter), ["a", "z", "a1", "z1", "a2"])
})
