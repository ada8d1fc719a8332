import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"

import { withoutWeights } from "../../static/js/networks/strip-weights.js"

const FOLDER = new URL("../app/onnx/", import.meta.url)
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".onnx"))

function varint(value) {
  const made = []
  for (; value > 127; value = Math.floor(value / 128)) made.push((value % 128) | 128)
  return [...made, value]
}

const field = (number, content) => Uint8Array.from([...varint(number * 8 + 2), ...varint(content.length), ...content])
const letters = (text) => new TextEncoder().encode(text)

test("what Python has sifted is left as it is", async () => {
  assert.ok(files.length >= 4)
  for (const name of files) {
    const bytes = readFileSync(new URL(name, FOLDER))
    assert.ok(Buffer.from(await withoutWeights(new Blob([bytes]))).equals(bytes), name)
  }
})

test("weights are left out, names and sizes stay", async () => {
  const weights = new Uint8Array(300_000)
  const tensor = Uint8Array.from([0x08, 0x07, ...field(8, letters("w")), ...varint(9 * 8 + 2), ...varint(weights.length)])
  const whole = new Blob([Uint8Array.from([...varint(7 * 8 + 2), ...varint(tensor.length + weights.length + 4), ...varint(5 * 8 + 2), ...varint(tensor.length + weights.length)]), tensor, weights])
  const sifted = await withoutWeights(whole)
  assert.deepEqual([...sifted], [...field(7, field(5, [0x08, 0x07, ...field(8, letters("w"))]))])
})

test("documentation and subgraphs are left out", async () => {
  const graph = [...field(1, field(6, letters("a node's documentation"))), ...field(10, letters("the graph's"))]
  assert.deepEqual([...(await withoutWeights(new Blob([field(7, graph)])))], [...field(7, field(1, []))])
})

for (const [what, bytes] of [
  ["text", letters("hello world")],
  ["a length beyond the end", Uint8Array.from([0x3a, 0x7f, 0])],
  ["an unknown wire type", Uint8Array.from([0x0f, 1])],
  ["a number without an end", new Uint8Array(30).fill(0xff)],
  ["more fields than a network needs", field(7, new Uint8Array(402_000).map((_, at) => (at % 2 ? 0 : 0x0a)))],
]) {
  test(`${what} is no model`, async () => {
    await assert.rejects(withoutWeights(new Blob([bytes])), RangeError)
  })
}
