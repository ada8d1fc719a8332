// Reads the stream of a run to its end; a connection that breaks goes on from its last step.

import { parse } from "../source.js"

const PAUSE = 1500 // milliseconds before another try; each further one waits longer, up to eight of them

export class RunStream {
  // `take(name, data)` gets each event, `lost(isLost)` is called when the server is away, and when it is back, `refused` with
  // the sentence of a server that is there and does not send the run. What came before has been read up to the step `last`.
  constructor(address, { take, lost, refused, last = null, fetch = (...request) => globalThis.fetch(...request), pause = wait }) {
    Object.assign(this, { address, take, lost, refused, last, fetch, pause })
    this.abort = new AbortController()
  }

  close() {
    this.abort.abort()
  }

  async read() {
    for (let tries = 1; !this.abort.signal.aborted; tries++) {
      try {
        const headers = this.last === null ? {} : { "Last-Event-ID": this.last }
        const response = await this.fetch(this.address, { headers, signal: this.abort.signal })
        if (response.headers.has("retry-after")) {
          this.refused(await sentence(response)) // there are too many runs: later, there may be room
          await this.pause(1000 * Number(response.headers.get("retry-after")))
          continue
        }
        if (response.status >= 400 && response.status < 500) return this.refused(await sentence(response))
        if (response.ok) {
          this.lost(false)
          tries = 1
          if (await this.readBody(response.body)) return
        }
      } catch (error) {
        if (error.name === "AbortError") return
      }
      this.lost(true)
      await this.pause(PAUSE * Math.min(tries, 8))
    }
  }

  // Whether its end has come.
  async readBody(body) {
    const reader = body.getReader()
    const decoder = new TextDecoder()
    let text = ""
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return false
      text += decoder.decode(value, { stream: true })
      const blocks = text.split("\n\n")
      text = blocks.pop()
      for (const { name, id, data } of blocks.map(parse)) {
        if (name === "error") return false
        this.take(name, data)
        this.last = id ?? this.last
        if (name === "end") return true
      }
    }
  }
}

const sentence = async (response) => (await response.json().catch(() => null))?.detail?.[0]?.msg ?? `The server answered ${response.status}.`

const wait = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds))
