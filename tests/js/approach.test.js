import assert from "node:assert/strict"
import { test } from "node:test"

import { approach } from "../../static/js/approach.js"

globalThis.document = new EventTarget()

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
