// Asks for streams, one at a time: what changes meanwhile is asked for next, and only the last of it.

import { parse } from "./source.js"

export class Latest {
  // `busy(isBusy)` when an answer is waited for, and when all that was asked is answered.
  constructor({ busy }) {
    this.showBusy = busy
    this.next = null
    this.isBusy = false
  }

  async ask(question) {
    this.next = question
    if (this.isBusy) return
    this.isBusy = true
    this.showBusy(true)
    while (this.next) {
      const asked = this.next
      this.next = null
      await this.read(asked).catch((error) => this.refused(error))
    }
    this.isBusy = false
    this.showBusy(false)
  }
}

// What a stream says, event by event; who stops listening ends it.
export async function* events(body) {
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
      for (const event of blocks.map(parse)) {
        if (event.name === "error") throw new Error(event.data.message)
        yield event
      }
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}
