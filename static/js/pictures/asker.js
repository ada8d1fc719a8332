// Asks for results. A picture that the server has forgotten is sent again, with the same question.

import { Latest, events } from "../latest.js"
import { patiently } from "../patience.js"

export class Asker extends Latest {
  // `take(name, data, question)` gets each event, `failed(sentence, field)` a refusal; `bytes(name)` finds a reader's own
  // picture.
  constructor({ take, failed, busy, bytes, fetch = patiently }) {
    super({ busy })
    Object.assign(this, { take, failed, bytes, fetch })
  }

  // A question has an `address`, and a `body` where it comes with a picture.
  async read(question) {
    const response = await this.answer(question.address, question.body)
    for await (const { name, data } of events(response.body)) {
      if (this.next && !this.next.isPreview && !question.isPreview) return // it is out of date
      await this.take(name, data, question)
    }
  }

  refused({ message, field = "" }) {
    this.failed(message, field)
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
