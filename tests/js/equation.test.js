import assert from "node:assert/strict"
import { test } from "node:test"

import { equationMarkup, letter } from "../../static/js/equation.js"
import { equations } from "./fixtures.js"

for (const { title, equation, settings, markup } of equations) {
  test(`the equation of ${title}, is what Python writes`, () => {
    assert.equal(equationMarkup(equation, settings), markup)
  })
}

test("letters go on after z with a number", () => {
  assert.deepEqual([0, 25, 26, 51, 52].map(letter), ["a", "z", "a1", "z1", "a2"])
})
