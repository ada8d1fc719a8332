import assert from "node:assert/strict"
import { test } from "node:test"

import { Clock } from "../../static/js/clock.js"
import { Time } from "./time.js"

test("a clock says how many milliseconds have passed since the last tick", () => {
  const time = new Time()
  const ticks = []
  new Clock(time).start((passed) => ticks.push(passed))
  for (const milliseconds of [16, 17, 500]) time.pass(milliseconds)
  assert.deepEqual(ticks, [16, 17, 500])
})

test("a clock that is stopped asks for no further frame", () => {
  const time = new Time()
  const clock = new Clock(time)
  clock.start(() => assert.fail("it ticked"))
  clock.stop()
  assert.equal(time.waiting.size, 0)
  time.pass(16)
})

test("a clock may be stopped from inside its tick", () => {
  const time = new Time()
  const clock = new Clock(time)
  clock.start(() => clock.stop())
  time.pass(16)
  assert.equal(time.waiting.size, 0)
})

test("a clock that is started again ticks once a frame, and forgets the time before", () => {
  const time = new Time()
  const clock = new Clock(time)
  const ticks = []
  clock.start(() => assert.fail("the first still ticks"))
  time.milliseconds = 1000
  clock.start((passed) => ticks.push(passed))
  time.pass(10)
  assert.deepEqual(ticks, [10])
})
