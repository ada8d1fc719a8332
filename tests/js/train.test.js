import { test } from "node:test"
import assert from "node:assert/strict"

import { chosen } from "../../static/js/train/choices.js"
import { Gradients, short } from "../../static/js/train/gradients.js"
import { Run, between, smoothed, worst } from "../../static/js/train/run.js"
import { RunStream } from "../../static/js/train/stream.js"

const point = (step) => ({
  step,
  filters: { shape: [1, 1, 1, 2], most: 2, cells: Buffer.from(Int8Array.of(127, -127).buffer).toString("base64") },
  maps: [{ place: "1", shape: [1, 1, 2], most: 4, cells: Buffer.from(Uint8Array.of(255, 0)).toString("base64") }],
})

test("steps that are sent again take their own place", () => {
  const run = new Run()
  run.take("steps", { start: 1, loss: [2.3, 2.2], accuracy: [0.1, 0.2], held_out: [null, 0.1] })
  run.take("steps", { start: 2, loss: [2.2, 2.1], accuracy: [0.2, 0.3], held_out: [0.1, null] })
  assert.deepEqual(run.steps.loss, [2.3, 2.2, 2.1])
  assert.equal(run.length, 3)
})

test("a checkpoint's shades are its numbers, and it is taken once", () => {
  const run = new Run()
  run.take("checkpoint", point(0))
  run.take("checkpoint", point(5))
  run.take("checkpoint", point(5))
  assert.equal(run.checkpoints.length, 2)
  assert.deepEqual([...run.checkpoints[0].filters.values], [2, -2])
  assert.deepEqual([...run.checkpoints[0].maps[0].values], [4, 0])
  assert.equal(run.indexOf(4), 0)
  assert.equal(run.indexOf(5), 1)
})

test("the most confused pair counts both ways", () => {
  const table = new Array(100).fill(0)
  table[49] = 3
  table[94] = 4
  table[12] = 6
  assert.deepEqual(worst(table), { a: 4, b: 9, count: 7 })
  assert.equal(worst(new Array(100).fill(0)), null)
})

test("a mean is taken over the last values alone, and half way lies in the middle", () => {
  assert.deepEqual(smoothed([1, 0, 0, 1], 2), [1, 0.5, 0, 0.5])
  assert.deepEqual([...between(Float32Array.of(0, 2), Float32Array.of(1, 4), 0.5)], [0.5, 3])
})

const body = (text) => new Response(text).body
const told = (name, id, data) => `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`

test("a connection that breaks goes on from its last step, and says that it was lost", async () => {
  const asked = []
  const answers = [
    () => new Response(body(told("steps", 3, { start: 1 }))),
    () => Promise.reject(new TypeError("network")),
    () => new Response(body(told("steps", 6, { start: 4 }) + "event: end\ndata: {}\n\n")),
  ]
  const taken = []
  const losses = []
  const stream = new RunStream("/train.events", {
    take: (name) => taken.push(name),
    lost: (isLost) => losses.push(isLost),
    refused: () => assert.fail(),
    fetch: (_, { headers }) => (asked.push(headers["Last-Event-ID"]), answers.shift()()),
    pause: () => Promise.resolve(),
  })
  await stream.read()
  assert.deepEqual(asked, [undefined, "3", "3"])
  assert.deepEqual(taken, ["steps", "steps", "end"])
  assert.deepEqual(losses, [false, true, true, false])
})

test("a run that is gone on with is asked for from the step that was last read", async () => {
  const asked = []
  const stream = new RunStream("/train.events", {
    take: () => {},
    lost: () => {},
    refused: () => assert.fail(),
    last: "7",
    fetch: (_, { headers }) => (asked.push(headers["Last-Event-ID"]), new Response(body(told("steps", 8, { start: 8 }) + "event: end\ndata: {}\n\n"))),
  })
  await stream.read()
  assert.deepEqual(asked, ["7"])
  assert.equal(stream.last, "8")
})

test("a refusal is said, and not asked again", async () => {
  let count = 0
  const said = []
  const stream = new RunStream("/train.events?steps=99999", {
    take: () => assert.fail(),
    lost: () => assert.fail(),
    refused: (sentence) => said.push(sentence),
    fetch: () => (count++, Promise.resolve(new Response(JSON.stringify({ detail: [{ msg: "too much" }] }), { status: 422 }))),
  })
  await stream.read()
  assert.deepEqual([count, said], [1, ["too much"]])
})

test("a choice keeps the run, its step and how it is framed", () => {
  const ours = "/embed/train?layers=conv(5,4);flatten;linear(10)&theme=dark&sample=3&layer=4&channel=2&step=40"
  const kept = "/embed/train?layers=conv(5,4);flatten;linear(10)&theme=dark&step=40"
  assert.equal(chosen(ours, "/train?layers=conv(5,4);flatten;linear(10)&sample=5"), `${kept}&sample=5`)
  assert.equal(chosen(ours, "/train?layer=4&channel=3"), `${kept}&layer=4&channel=3`)
  assert.equal(chosen("/train?sample=3", "/train"), "/train")
})

test("a run reaches a step once its checkpoint is there, or once it is over", () => {
  const run = new Run()
  assert.ok(!run.reaches(0))
  run.take("checkpoint", point(5))
  assert.ok(run.reaches(5) && !run.reaches(6))
  run.take("end", { steps: 5 })
  assert.ok(run.reaches(6))
})

test("a gradient a hundred times as small stands a quarter lower, and one that has vanished lies on the ground", () => {
  const bars = Object.assign(Object.create(Gradients.prototype), { top: 16, bottom: 92, least: 1e-8 })
  assert.equal(bars.height(1), 76)
  assert.equal(bars.height(1e-2), 57)
  assert.equal(bars.height(1e-4), 38)
  assert.equal(bars.height(0), 0)
  assert.deepEqual([0, 0.0150412, 4.04e-8, 12.3].map(short), ["0", "0.015", "4e-8", "12"])
})

test("a server that has too many runs says so, and is asked again when it said", async () => {
  const full = new Response(JSON.stringify({ detail: [{ msg: "too many" }] }), { status: 503, headers: { "Retry-After": "30" } })
  const answers = [full, new Response("event: end\ndata: {}\n\n")]
  const [said, pauses] = [[], []]
  const stream = new RunStream("/train.events", {
    take: () => {},
    lost: (isLost) => assert.ok(!isLost),
    refused: (sentence) => said.push(sentence),
    fetch: () => Promise.resolve(answers.shift()),
    pause: (milliseconds) => Promise.resolve(pauses.push(milliseconds)),
  })
  await stream.read()
  assert.deepEqual([said, pauses], [["too many"], [30_000]])
})
