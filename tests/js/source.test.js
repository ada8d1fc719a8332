import assert from "node:assert/strict"
import { test } from "node:test"

import { PAGE, Source, StreamError, parse } from "../../static/js/source.js"

const event = (name, data, id = null) => `event: ${name}\n${id === null ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
const SCENE = event("scene", { title: "7 → 9 · −0,5 · 👩🏽‍🏫" })
const FIRST = event("steps", { start: 0, y: [1, 2] }, 2)
const SECOND = event("steps", { start: 2, y: [3] }, 3)
const END = event("end", { steps: 3, next: null })
const WHOLE = SCENE + FIRST + SECOND + END
const TAKEN = ["scene", "steps 0", "steps 2"]
const pause = () => Promise.resolve()

// An answer whose bytes come in these pieces; `breaks` lets the connection fail after the last of them.
function answer(pieces, { breaks = false } = {}) {
  const left = [...pieces]
  const body = new ReadableStream({
    pull(controller) {
      if (left.length) controller.enqueue(left.shift())
      else if (breaks) controller.error(new TypeError("network error"))
      else controller.close()
    },
  })
  return new Response(body)
}

// An answer that goes on for as long as the test says.
function open() {
  const answered = {}
  answered.body = new ReadableStream({
    start(controller) {
      answered.send = (text) => controller.enqueue(bytes(text))
      answered.close = () => controller.close()
      answered.fail = () => controller.error(new TypeError("network error"))
    },
  })
  return answered
}

const bytes = (text) => new TextEncoder().encode(text)

// A server that gives these answers one after the other and remembers what it was asked.
function server(...answers) {
  const requests = []
  const fetch = async (address, options) => {
    requests.push({ address, ...options })
    const next = answers.shift()
    if (next === undefined) assert.fail(`nobody expected ${address}`)
    if (next instanceof Error) throw next
    return next
  }
  return { fetch, requests }
}

function reader() {
  const events = []
  const take = (name, data) => events.push({ name, data })
  const taken = () => events.map(({ name, data }) => (name === "steps" ? `steps ${data.start}` : name))
  return { events, take, taken }
}

test("a block of lines is an event", () => {
  assert.deepEqual(parse('event: steps\nid: 32\ndata: {"y":[1]}'), { name: "steps", id: "32", data: { y: [1] } })
  assert.deepEqual(parse('event: end\ndata: {"next":null}'), { name: "end", id: null, data: { next: null } })
})

test("events are the same wherever the bytes are cut, also inside a character or a field", async () => {
  const all = bytes(WHOLE)
  for (let cut = 0; cut <= all.length; cut++) {
    const { events, take, taken } = reader()
    const { fetch } = server(answer([all.slice(0, cut), all.slice(cut)]))
    await new Source("/conv2d.events", { fetch, pause }).page(0, take)
    assert.deepEqual(taken(), TAKEN, `cut at byte ${cut}`)
    assert.equal(events[0].data.title, "7 → 9 · −0,5 · 👩🏽‍🏫", `cut at byte ${cut}`)
  }
})

test("events are the same when every byte comes alone", async () => {
  const { take, taken } = reader()
  const { fetch } = server(answer([...bytes(WHOLE)].map((byte) => Uint8Array.of(byte))))
  await new Source("/conv2d.events", { fetch, pause }).page(0, take)
  assert.deepEqual(taken(), TAKEN)
})

test("an event is handed over as soon as it is whole, before the next has come", async () => {
  const { body, send, close } = open()
  const { fetch } = server(new Response(body))
  let arrived
  const first = new Promise((resolve) => (arrived = resolve))
  const reading = new Source("/conv2d.events", { fetch, pause }).page(0, arrived)
  send(SCENE)
  assert.equal(await first, "scene")
  send(END)
  close()
  await reading
})

for (const [how, way] of [["closed", "close"], ["broken", "fail"]]) {
  test(`a page is under way until its connection is ${how}, so that no request overlaps the next`, async () => {
    const answered = open()
    const { fetch, requests } = server(new Response(answered.body))
    let isOver = false
    const reading = new Source("/conv2d.events", { fetch, pause }).page(0, () => {}).then(() => (isOver = true))
    answered.send(WHOLE)
    await new Promise((resolve) => setTimeout(resolve))
    assert.equal(isOver, false)
    answered[way]()
    await reading
    assert.equal(requests.length, 1)
  })
}

test("a page asks for its own steps, beside what the address says already", async () => {
  const { fetch, requests } = server(answer([bytes(END)]), answer([bytes(END)]))
  await new Source("/conv2d.events?x=seven", { fetch, pause }).page(0, () => {})
  await new Source("/conv2d.events", { fetch, pause }).page(PAGE + 5, () => {})
  assert.deepEqual(requests.map(({ address }) => address), [
    `/conv2d.events?x=seven&start=0&stop=${PAGE}`,
    `/conv2d.events?start=${PAGE}&stop=${2 * PAGE}`,
  ])
})

test("a page is asked for once, whichever of its steps is wanted", async () => {
  const { fetch, requests } = server(answer([bytes(WHOLE)]), answer([bytes(END)]))
  const source = new Source("/conv2d.events", { fetch, pause })
  await Promise.all([source.page(0, () => {}), source.page(17, () => {})])
  await source.page(PAGE - 1, () => {})
  assert.equal(requests.length, 1)
  await source.page(PAGE, () => {})
  assert.equal(requests.length, 2)
})

test("a broken connection goes on after the last event that came", async () => {
  const { take, taken } = reader()
  const broken = answer([bytes(SCENE + FIRST + SECOND.slice(0, 30))], { breaks: true })
  const { fetch, requests } = server(broken, answer([bytes(SECOND + END)]))
  await new Source("/conv2d.events", { fetch, pause }).page(0, take)
  assert.deepEqual(taken(), TAKEN)
  assert.deepEqual(requests.map(({ headers }) => headers), [{}, { "Last-Event-ID": "2" }])
})

test("an answer that ends early is followed by the next, from where it says", async () => {
  const { take, taken } = reader()
  const early = answer([bytes(SCENE + FIRST + event("end", { steps: 3, next: 2 }))])
  const { fetch, requests } = server(early, answer([bytes(SECOND + END)]))
  await new Source("/conv2d.events", { fetch, pause }).page(0, take)
  assert.deepEqual(taken(), TAKEN)
  assert.deepEqual(requests.map(({ address }) => address), [`/conv2d.events?start=0&stop=${PAGE}`, `/conv2d.events?start=2&stop=${PAGE}`])
  assert.deepEqual(requests[1].headers, {})
})

test("a stream that stops without its end is a broken one", async () => {
  const { take, taken } = reader()
  const { fetch, requests } = server(answer([bytes(SCENE + FIRST)]), answer([bytes(SECOND + END)]))
  await new Source("/conv2d.events", { fetch, pause }).page(0, take)
  assert.deepEqual(taken(), TAKEN)
  assert.equal(requests[1].headers["Last-Event-ID"], "2")
})

test("what comes after the end is not read", async () => {
  const { take, taken } = reader()
  const { fetch } = server(answer([bytes(WHOLE + FIRST)]))
  await new Source("/conv2d.events", { fetch, pause }).page(0, take)
  assert.deepEqual(taken(), TAKEN)
})

test("a server that cannot be reached is asked three times, and then no more", async () => {
  const { fetch, requests } = server(...Array.from({ length: 3 }, () => new TypeError("Failed to fetch")))
  await assert.rejects(new Source("/conv2d.events", { fetch, pause }).page(0, () => {}), /The server cannot be reached/)
  assert.equal(requests.length, 3)
})

test("a page that failed may be asked for again", async () => {
  const failures = Array.from({ length: 3 }, () => new TypeError("Failed to fetch"))
  const { fetch, requests } = server(...failures, answer([bytes(WHOLE)]))
  const source = new Source("/conv2d.events", { fetch, pause })
  await assert.rejects(source.page(0, () => {}))
  const { take, taken } = reader()
  await source.page(0, take)
  assert.deepEqual(taken(), TAKEN)
  assert.equal(requests.length, 4)
})

test("an error event ends the reading with the server's sentence, and no second try", async () => {
  const { take, taken } = reader()
  const { fetch, requests } = server(answer([bytes(SCENE + event("error", { message: "The steps ran out." }))]))
  const reading = new Source("/conv2d.events", { fetch, pause }).page(0, take)
  await assert.rejects(reading, (error) => error instanceof StreamError && error.message === "The steps ran out.")
  assert.deepEqual(taken(), ["scene"])
  assert.equal(requests.length, 1)
})

test("a refusal is reported in the server's words, and not asked for again", async () => {
  const refusal = Response.json({ detail: [{ loc: ["query", "stride"], msg: "stride must be 1 or more." }] }, { status: 422 })
  const { fetch, requests } = server(refusal)
  await assert.rejects(new Source("/conv2d.events", { fetch, pause }).page(0, () => {}), { message: "stride must be 1 or more." })
  assert.equal(requests.length, 1)
})

test("an answer without words is reported by its number", async () => {
  const { fetch } = server(new Response("<h1>Bad gateway</h1>", { status: 502 }))
  await assert.rejects(new Source("/conv2d.events", { fetch, pause }).page(0, () => {}), { message: "The server answered 502." })
})

test("what is too long for an address is posted, with the same names and values", async () => {
  const x = Array.from({ length: 5000 }, (_, i) => i % 10).join(",")
  const query = `x=${x}&w=${encodeURIComponent("1,+1e-3;1/9,2")}&padding=same`
  const { fetch, requests } = server(answer([bytes(SCENE + FIRST)], { breaks: true }), answer([bytes(SECOND + END)]))
  const { take, taken } = reader()
  await new Source(`/conv2d.events?${query}`, { fetch }).page(0, take)
  assert.deepEqual(taken(), TAKEN)
  for (const { address, method, headers, body } of requests) {
    assert.deepEqual([address, method, headers["Content-Type"]], ["/conv2d.events", "POST", "application/json"])
    assert.deepEqual(JSON.parse(body), { x, w: "1,+1e-3;1/9,2", padding: "same", start: 0, stop: PAGE })
  }
  assert.deepEqual(requests.map(({ headers }) => headers["Last-Event-ID"]), [undefined, "2"])
})

test("closing a source ends its reading, and is no failure to be tried again", async () => {
  const asked = []
  const fetch = (address, { signal }) => {
    asked.push(address)
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))
  }
  const source = new Source("/conv2d.events", { fetch, pause })
  const reading = source.page(0, () => assert.fail("nothing came"))
  source.close()
  await assert.rejects(reading, { name: "AbortError" })
  assert.equal(asked.length, 1)
})

test("a source that is closed while bytes come stops there", async () => {
  const { take, taken } = reader()
  const fetch = async (address, { signal }) => {
    const start = (controller) => {
      controller.enqueue(bytes(SCENE))
      signal.addEventListener("abort", () => controller.error(signal.reason))
    }
    return new Response(new ReadableStream({ start }))
  }
  const source = new Source("/conv2d.events", { fetch, pause })
  const closing = (...event) => (take(...event), source.close())
  await assert.rejects(source.page(0, closing), { name: "AbortError" })
  assert.deepEqual(taken(), ["scene"])
})
