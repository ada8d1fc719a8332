// Asks for a drawing's answer, one at a time: what is drawn meanwhile is asked for next, and only the last of it.
// A question's `address()` is read when its turn has come, so that it follows from the answer before it.

import { parse } from "../source.js"
import { eventsOf } from "./address.js"

export class Answers {
  // `take(name, data, question)` gets each event; `failed(sentence)` is called when an answer does not come, with the
  // server's words where it refuses; `busy(isBusy)` when one is waited for, and when all that was asked is answered.
  constructor({ take, failed, busy, fetch = (...request) => globalThis.fetch(...request) }) {
    this.take = take
    this.failed = failed
    this.tellBusy = busy
    this.fetch = fetch
    this.next = null
    this.busy = false
  }

  async ask(question) {
    const isNewEntry = this.next?.history === "push" && question.history === "replace"
    this.next = isNewEntry ? { ...question, history: "push" } : question
    if (this.busy) return
    this.busy = true
    this.tellBusy(true)
    while (this.next) {
      const asked = this.next
      this.next = null
      await this.read(asked).catch(({ sentence }) => this.failed(sentence))
    }
    this.busy = false
    this.tellBusy(false)
  }

  async read(question) {
    const response = await this.fetch(eventsOf(question.address()))
    if (!response.ok) throw await refusal(response)
    for await (const { name, data } of events(response.body)) {
      if (name === "error") throw new Error(data.message)
      await this.take(name, data, question)
    }
  }
}

async function refusal(response) {
  const { detail } = await response.json().catch(() => ({}))
  return Object.assign(new Error(`The server answered ${response.status}.`), { sentence: detail?.[0]?.msg })
}

async function* events(body) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ""
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    text += decoder.decode(value, { stream: true })
    const blocks = text.split("\n\n")
    text = blocks.pop()
    yield* blocks.map(parse)
  }
}
