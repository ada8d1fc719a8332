// Bytes → events. Reads the stream of a scene page by page, and goes on where a broken connection stopped.

export const PAGE = 4096
const LONGEST_ADDRESS = 8000
const TRIES = 3
const PAUSE = 300 // milliseconds before the second try, twice that before the third

export class Source {
  // Without the global's own `this`, fetch refuses to be called; so it is wrapped.
  constructor(address, { fetch = (...request) => globalThis.fetch(...request), pause = wait } = {}) {
    this.address = address
    this.fetch = fetch
    this.pause = pause
    this.pages = new Map()
    this.abort = new AbortController()
  }

  // Reads the page that holds `step`, once; each event goes to `take(name, data)`.
  page(step, take) {
    const start = Math.floor(step / PAGE) * PAGE
    if (!this.pages.has(start)) {
      const reading = this.read(start, start + PAGE, take)
      this.pages.set(start, reading)
      reading.catch(() => this.pages.delete(start))
    }
    return this.pages.get(start)
  }

  close() {
    this.abort.abort()
  }

  async read(start, stop, take) {
    let last = null
    let failures = 0
    while (start < stop) {
      try {
        const response = await this.request(start, stop, last)
        const next = await eachEvent(response.body, (event) => {
          if (event.id) [last, failures] = [event.id, 0]
          if (event.name === "error") throw new StreamError(event.data.message)
          if (event.name === "end") return event.data.next ?? stop
          handOver(take, event)
          return null
        })
        if (next === null) throw new TypeError("the stream ended before its end")
        ;[start, last] = [next, null] // an answer that would be too long ends early
      } catch (error) {
        failures += 1
        if (error instanceof StreamError || error.name === "AbortError") throw error
        if (failures === TRIES) throw new StreamError("The server cannot be reached.", { cause: error })
        await this.pause(PAUSE * failures)
      }
    }
  }

  async request(start, stop, last) {
    const headers = last === null ? {} : { "Last-Event-ID": last }
    const { signal } = this.abort
    const response = await this.fetch(...request(this.address, start, stop, headers, signal))
    if (response.ok) return response
    const problem = await response.json().catch(() => null)
    throw new StreamError(problem?.detail?.[0]?.msg ?? `The server answered ${response.status}.`)
  }
}

export class StreamError extends Error {}

// What goes wrong in drawing an event is no fault of the connection: it is reported, and the reading goes on.
function handOver(take, { name, data }) {
  try {
    take(name, data)
  } catch (fault) {
    queueMicrotask(() => {
      throw fault
    })
  }
}

const wait = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds))

// What is too long for an address goes as a JSON body with the same names.
function request(address, start, stop, headers, signal) {
  const separator = address.includes("?") ? "&" : "?"
  const whole = `${address}${separator}start=${start}&stop=${stop}`
  if (whole.length < LONGEST_ADDRESS) return [whole, { headers, signal }]
  const [path, query] = address.split("?")
  const body = JSON.stringify({ ...Object.fromEntries(new URLSearchParams(query)), start, stop })
  return [path, { method: "POST", body, headers: { ...headers, "Content-Type": "application/json" }, signal }]
}

// Hands over each event until one is taken as the last, and says what came of it; null where it did not come.
async function eachEvent(body, take) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ""
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return null
    text += decoder.decode(value, { stream: true })
    const blocks = text.split("\n\n")
    text = blocks.pop()
    for (const block of blocks) {
      const taken = take(parse(block))
      if (taken !== null) return finished(reader).then(() => taken)
    }
  }
}

// Until its last byte has come a request is under way, though all that it says is known. A break no longer matters.
async function finished(reader) {
  try {
    while (!(await reader.read()).done);
  } catch {
    return
  }
}

export function parse(block) {
  const fields = Object.fromEntries(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]))
  return { name: fields.event, id: fields.id ?? null, data: JSON.parse(fields.data) }
}
