// Asks for a drawing's answer. A question's `address()` is read when its turn has come, so that it follows from the answer
// before it.

import { Latest, events } from "../latest.js"
import { patiently } from "../patience.js"
import { eventsOf } from "./address.js"

export class Answers extends Latest {
  // `take(name, data, question)` gets each event; `failed(sentence)` is called when an answer does not come, with the
  // server's words where it refuses.
  constructor({ take, failed, busy, fetch = patiently }) {
    super({ busy })
    Object.assign(this, { take, failed, fetch })
  }

  ask(question) {
    const isNewEntry = this.next?.history === "push" && question.history === "replace"
    return super.ask(isNewEntry ? { ...question, history: "push" } : question)
  }

  async read(question) {
    const response = await this.fetch(eventsOf(question.address()))
    if (!response.ok) throw await refusal(response)
    for await (const { name, data } of events(response.body)) await this.take(name, data, question)
  }

  refused({ sentence }) {
    this.failed(sentence)
  }
}

async function refusal(response) {
  const { detail } = await response.json().catch(() => ({}))
  return Object.assign(new Error(`The server answered ${response.status}.`), { sentence: detail?.[0]?.msg })
}
