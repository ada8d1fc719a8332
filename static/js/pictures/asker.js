// Asks for results, one at a time: what changes meanwhile is asked for next, and only the last of it. A picture that the
// server has forgotten is sent again, with the same question.

import { parse } from "../source.js"

export class Asker {
  // `take(name, data, question)` gets each event, `failed(sentence, field)` a refusal, `busy(isBusy)` whether one is under
  // way; `bytes(name)` finds a reader's own picture.
  constructor({ take, failed, busy, bytes, fetch = (...request) => globalThis.fetch(...request) }) {
    Object.assign(this, { take, failed, tellBusy: busy, bytes, fetch })
    this.next = null
    this.isBusy = false
  }

  // A question has an `address`, and a `body` where it comes with a picture.
  async ask(question) {
    this.next = question
    if (this.isBusy) return
    this.isBusy = true
    this.tellBusy(true)
    while (this.next) {
      const asked = this.next
      this.next = null
      await this.read(asked).catch((error) => this.failed(error.message, error.field ?? ""))
    }
    this.isBusy = false
    this.tellBusy(false)
  }

  async read(question) {
    const response = await this.answer(question.address, question.body)
    for await (const { name, data } of events(response.body)) {
      if (name === "error") throw new Error(data.message)
      if (this.next && !this.next.isPreview && !question.isPreview) return // it is out of date
      await this.take(name, data, question)
    }
  }

  // The answer to an address; a forgotten picture goes along the second time.
  async answer(address, body = null) {
    const response = await this.fetch(address, body ? { method: "POST", body } : {})
    if (response.ok) return response
    const [detail] = (await response.json().catch(() => ({}))).detail ?? [{}]
    if (detail.type !== "picture_forgotten" || body) throw Object.assign(new Error(detail.msg), { field: detail.loc?.[1] })
    const picture = await this.bytes(new URL(address, "http://here").searchParams.get("picture"))
    if (!picture) throw Object.assign(new Error(detail.msg), { field: "picture" })
    return this.answer(address, picture)
  }
}

async function* events(body) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ""
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
      const blocks = text.split("\n\n")
      text = blocks.pop()
      yield* blocks.map(parse)
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}
