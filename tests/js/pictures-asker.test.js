// Results of pictures, asked for one at a time, and a picture that the server has forgotten.

import assert from "node:assert/strict"
import { test } from "node:test"

import { Asker } from "../../static/js/pictures/asker.js"

const FORGOTTEN = { detail: [{ loc: ["query", "picture"], msg: "This picture is no longer known here.", type: "picture_forgotten" }] }

// A server that answers when it is told to, and remembers what it was asked.
function server({ known = true } = {}) {
  const asked = []
  const answer = (address, { body = null } = {}) => new Promise((resolve) => {
    asked.push({ address, body, answer: () => resolve(known || body ? stream(address) : refusal()) })
  })
  return { asked, fetch: answer }
}

const stream = (address) => new Response(`event: result\ndata: ${JSON.stringify({ address })}\n\nevent: end\ndata: {}\n\n`)
const refusal = () => new Response(JSON.stringify(FORGOTTEN), { status: 404 })
const turns = () => new Promise((resolve) => setTimeout(resolve))

function asking(served, bytes = async () => null) {
  const taken = []
  const failures = []
  const asker = new Asker({
    take: (name, data) => taken.push(name === "result" ? data.address : name),
    failed: (sentence, field) => failures.push([sentence, field]),
    busy: () => {},
    bytes,
    fetch: served.fetch,
  })
  return { asker, taken, failures }
}

test("one request is under way, and of those that come meanwhile the last is asked for", async () => {
  const served = server()
  const { asker, taken } = asking(served)
  const done = asker.ask({ address: "/a", isPreview: true })
  for (const address of ["/b", "/c", "/d"]) asker.ask({ address, isPreview: true })
  await turns()
  assert.deepEqual(served.asked.map(({ address }) => address), ["/a"])
  served.asked[0].answer()
  await turns()
  await turns()
  assert.deepEqual(served.asked.map(({ address }) => address), ["/a", "/d"])
  served.asked[1].answer()
  await done
  assert.deepEqual(taken, ["/a", "end", "/d", "end"])
})

test("a picture that was forgotten is sent again with the same question", async () => {
  const served = server({ known: false })
  const { asker, taken, failures } = asking(served, async (name) => (name === "upload:1" ? "its bytes" : null))
  const done = asker.ask({ address: "/pictures.events?picture=upload%3A1&w=box" })
  served.asked[0].answer()
  await turns()
  await turns()
  assert.deepEqual(served.asked[1].body, "its bytes")
  assert.equal(served.asked[1].address, served.asked[0].address)
  served.asked[1].answer()
  await done
  assert.equal(taken.length, 2)
  assert.deepEqual(failures, [])
})

test("where the picture is not here either, the reader is asked for it", async () => {
  const served = server({ known: false })
  const { asker, failures } = asking(served)
  const done = asker.ask({ address: "/pictures.events?picture=upload%3A2" })
  served.asked[0].answer()
  await done
  assert.deepEqual(failures, [["This picture is no longer known here.", "picture"]])
})
