import assert from "node:assert/strict"
import { test } from "node:test"

import { copyPicture, save } from "../../static/js/files.js"
import { root } from "../../static/js/root.js"

function line() {
  const bar = { removeAttribute: () => {} }
  const cancel = {}
  const after = []
  const span = { hidden: true, querySelector: (name) => (name === "progress" ? bar : cancel), after: (node) => after.push(node) }
  return { link: { href: "http://here/conv2d.gif?x=digit:7&w=a%2Bb", parentElement: { querySelector: () => span } }, span, bar, cancel, after }
}

const aborted = (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(Object.assign(new Error(), { name: "AbortError" }))))

test("a film says how far it is, and whoever cancels it ends the request", async () => {
  const { link, span, bar, cancel, after } = line()
  const asked = []
  const ask = (address, { signal } = {}) => {
    asked.push(address)
    return signal ? aborted(signal) : Promise.resolve({ json: () => ({ done: 40, total: 120 }) })
  }
  let ticks = 0
  const wait = async () => {
    if (++ticks === 2) cancel.onclick()
  }
  await save(link, { ask, wait })
  assert.equal(asked[0], link.href)
  assert.ok(asked[1].startsWith(`${root}/progress?`))
  assert.equal(new URL(asked[1], "http://here").searchParams.get("of"), "/conv2d.gif?x=digit:7&w=a+b")
  assert.deepEqual([bar.max, bar.value], [120, 40])
  assert.equal(span.hidden, true)
  assert.deepEqual(after, [])
})

test("a file that is refused says why beside its link", async () => {
  const { link, after } = line()
  globalThis.document = { createElement: () => ({}) }
  const refused = { ok: false, json: async () => ({ detail: [{ msg: "Use a smaller width." }] }) }
  await save(link, { ask: async () => refused, wait: async () => {} })
  assert.equal(after[0].textContent, "Use a smaller width.")
})

test("a picture goes to the clipboard as a promise, and where there is none the button says so", async () => {
  globalThis.fetch = async () => ({ blob: async () => "pixels" })
  const button = { dataset: { copyPicture: "/conv2d.png" }, textContent: "Copy the picture" }
  const written = []
  class Item {
    constructor(held) {
      Object.assign(this, held)
    }
  }
  await copyPicture(button, { clipboard: { write: async ([item]) => written.push(await item["image/png"]) }, Item })
  assert.deepEqual([written, button.textContent], [["pixels"], "Copied"])
  await copyPicture(button, { clipboard: null, Item })
  assert.notEqual(button.textContent, "Copied")
})
