import assert from "node:assert/strict"
import { test } from "node:test"
import { moment } from "../../static/js/compare.js"

test("a stage with as many steps is where the playhead is", () => {
  assert.deepEqual(moment(3, 0.5, 9, 9), { step: 3, phase: 0.5 })
})

test("at the end both stages have played their last step", () => {
  assert.deepEqual(moment(24, 1, 25, 9), { step: 8, phase: 1 })
  assert.deepEqual(moment(24, 1, 25, 25), { step: 24, phase: 1 })
})

test("at the start both stages are at their first step", () => {
  assert.equal(moment(0, 0, 25, 9).step, 0)
  assert.equal(moment(0, 1, 25, 9).step, 0)
})

test("the coarser stage never goes back while the finer one goes on", () => {
  const steps = Array.from({ length: 25 }, (_, step) => moment(step, 1, 25, 9).step)
  assert.deepEqual([...steps].sort((a, b) => a - b), steps)
  assert.equal(new Set(steps).size, 9)
})
