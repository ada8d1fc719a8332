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

test("a drag goes on where it began, wherever the pointer is until it goes up", async () => {
  const stage = Object.assign(new EventTarget(), { closest: () => stage, contains: (target) => target === stage, matches: () => false })
  const come = approach(stage, new AbortController().signal, () => Promise.resolve())
  stage.dispatchEvent(new Moved("pointerdown", { x: 1, buttons: 1 }))
  for (const x of [2, 3]) document.dispatchEvent(new Moved("pointermove", { x, buttons: 1 }))
  document.dispatchEvent(new Moved("pointerup", { x: 3, buttons: 0 }))
  document.dispatchEvent(new Moved("pointermove", { x: 4, buttons: 0 }))
  const seen = []
  for (const name of ["pointerdown", "pointermove", "pointerup"]) stage.addEventListener(name, ({ x }) => seen.push([name, x]))
  await come()
  assert.deepEqual(seen, [["pointerdown", 1], ["pointermove", 2], ["pointermove", 3], ["pointerup", 3]])
})

test("undoing is not lost, wherever the focus is, but where something is typed", async () => {
  for (const [typed, wanted] of [[false, ["z"]], [true, []]]) {
    const stage = Object.assign(new EventTarget(), { closest: () => null, contains: () => false })
    const come = approach(stage, new AbortController().signal, () => Promise.resolve())
    const field = Object.assign(new EventTarget(), { matches: () => typed })
    const pressed = Object.assign(new Event("keydown", { cancelable: true }), { key: "z", ctrlKey: true })
    Object.defineProperty(pressed, "target", { value: field })
    document.dispatchEvent(pressed)
    const heard = []
    document.activeElement = Object.assign(new EventTarget(), { matches: () => false })
    document.activeElement.addEventListener("keydown", () => heard.push("z"))
    await come()
    assert.deepEqual(heard, wanted)
  }
})

test("what a mouse was over is not shown once it has left", async () => {
  const [stage, plane] = [new EventTarget(), Object.assign(new EventTarget(), { matches: () => false })]
  Object.assign(stage, { closest: () => null })
  const come = approach(stage, new AbortController().signal, () => Promise.resolve())
  const seen = []
  plane.addEventListener("pointermove", () => seen.push("over the plane"))
  const over = new Moved("pointermove", { x: 1, buttons: 0 })
  Object.defineProperty(over, "target", { value: Object.assign(plane, { closest: () => plane }) })
  for (const event of [over, new Moved("pointerleave", { x: 9, buttons: 0 })]) stage.dispatchEvent(event)
  await come()
  assert.deepEqual(seen, [])
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
