import assert from "node:assert/strict"
import { test } from "node:test"

import { exact, short } from "../../static/js/format.js"
import { numbers } from "./fixtures.js"

const differences = (write, expected) =>
  numbers.flatMap((sample) => (write(sample[0]) === sample[expected] ? [] : [`${sample[0]}: ${write(sample[0])}, in Python ${sample[expected]}`]))

test("short numbers are those that Python writes", () => {
  assert.deepEqual(differences(short, 1), [])
})

// Python says 1e-05 where JavaScript says 0.00001, and 1000000000000000.0 where it says 1000000000000000.
test("exact numbers are those that Python writes", () => {
  assert.deepEqual(differences(exact, 2), [])
})

test("an exact number reads back as itself", () => {
  for (const [value] of numbers) assert.equal(Number(exact(value).replace("−", "-")), value)
})

test("what is less than every number is minus infinity", () => {
  assert.equal(short(-Infinity), "−∞")
  assert.equal(exact(-Infinity), "−∞")
})

test("a zero has no sign", () => {
  assert.equal(short(-0), "0")
  assert.equal(exact(-0), "0")
})
