import assert from "node:assert/strict"
import { test } from "node:test"

import { approach } from "../../static/js/approach.js"

globalThis.document = new EventTarget()

class Moved extends Event {
  constructor(type, { x, buttons }) {
    super(type)
    Object.assign(this, { x, buttons })
  }
}

test("of a way only its end is done again, of a drag all of it, as what it passes is painted", async () => {
  const stage = Object.assign(new EventTarget(), { closest: () => stage, matches: () => false })
  const come = approach(stage, new AbortController().signal, () => Promise.resolve())
  for (const [x, buttons] of [[1, 0], [2, 0], [3, 1], [4, 1], [5, 1]]) stage.dispatchEvent(new Moved("pointermove", { x, buttons }))
  const seen = []
  stage.addEventListener("pointermove", ({ x }) => seen.push(x))
  await come()
  assert.deepEqual(seen, [2, 3, 4, 5])
})

test("nothing is held once pointer and keys are there, or the stage has gone, in WebKit too", async (t) => {
  t.mock.method(AbortSignal, "any", () => new AbortController().signal) // WebKit forgets what it depends on
  for (const end of ["fetched", "gone"]) {
    const stage = Object.assign(new EventTarget(), { closest: () => stage })
    const leaving = new AbortController()
    const heard = []
    const come = approach(stage, leaving.signal, () => Promise.resolve())
    stage.addEventListener("pointerdown", () => heard.push("pointerdown"))
    if (end === "fetched") await come()
    else leaving.abort()
    stage.dispatchEvent(new Event("pointerdown"))
    assert.deepEqual(heard, ["pointerdown"])
  }
})
