// A value changes under the hand: by dragging it sideways, by arrows, by typing. Each change becomes text of the form, and
// htmx brings the page that belongs to it; one request is under way at a time, and the last value wins.

const PIXELS = 6 // that the pointer goes for one notch
const CLICK = 4 // pixels within which a press is no drag
const DIGITS = 10

const panel = () => document.getElementById("panel")
const field = (name) => panel().querySelector(`[name="${name}"]`)

// How much one notch is: a tenth, a hundredth with Shift, one for large numbers.
const notch = (value, isFine) => (isFine ? 0.01 : Math.abs(value) >= 20 ? 1 : 0.1)
const rounded = (value) => Number(value.toFixed(DIGITS))

export class Values {
  // `begin` is called with the name of a value when a hand is laid on it.
  constructor(stage, signal, begin) {
    this.stage = stage
    this.begin = begin
    this.drag = null // { name, index, start, x, moved }
    this.base = null // the value that is being changed, as it was before: { name, text }
    this.busy = false
    this.waiting = false
    this.unsent = new Map() // what has changed since the request that is under way, by the names of the fields
    this.pushed = false // whether this gesture has its entry in the history
    const listen = (target, name, act) => target.addEventListener(name, act, { signal })
    listen(stage, "pointerdown", (event) => this.down(event))
    listen(document, "pointermove", (event) => this.move(event))
    for (const name of ["pointerup", "pointercancel"]) listen(document, name, () => (this.drag = null))
    listen(stage, "keydown", (event) => this.key(event))
    listen(document, "input", ({ target }) => target.matches?.(".values input") && this.note(target.name, target.defaultValue))
    listen(document, "htmx:before:request", ({ detail: { ctx } }) => this.asked(ctx))
    listen(document, "htmx:finally:request", () => this.done())
    listen(document, "htmx:after:swap", () => this.follow())
    listen(document, "htmx:before:history:update", ({ detail: { history } }) => this.remember(history))
  }

  place({ target }) {
    const entry = target.closest?.(".entry")
    if (!entry) return null
    return { entry, name: entry.closest("[data-value]").dataset.value, index: Number(entry.dataset.entry) }
  }

  down(event) {
    const place = this.place(event)
    if (!place || event.button > 0) return
    this.begin(place.name)
    this.pushed = false
    this.drag = { ...place, start: this.read(place), x: event.clientX, moved: false }
  }

  move({ clientX, shiftKey }) {
    const { drag } = this
    if (!drag || (!drag.moved && Math.abs(clientX - drag.x) < CLICK)) return
    drag.moved = true
    this.write(drag, rounded(drag.start + Math.round((clientX - drag.x) / PIXELS) * notch(drag.start, shiftKey)))
  }

  key(event) {
    const place = this.place(event)
    if (!place || event.ctrlKey || event.metaKey || event.altKey) return
    const way = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key]
    const isTyped = /^[0-9.−-]$/.test(event.key)
    if (!way && !isTyped && event.key !== "Enter") return
    event.preventDefault()
    this.begin(place.name)
    if (way) {
      const value = this.read(place)
      this.pushed = false
      this.write(place, rounded(value + way * notch(value, event.shiftKey)))
    } else this.type(place, isTyped ? event.key : "")
  }

  // The field of the value takes over.
  type({ name, index }, text) {
    const input = field(name)
    const parts = input.value.split(",")
    input.focus()
    if (parts.length === 1) {
      if (text) input.value = text
      else input.select()
      return
    }
    const start = parts.slice(0, index).join(",").length + (index ? 1 : 0)
    input.setSelectionRange(start, start + parts[index].length)
    if (text) input.setRangeText(text, start, start + parts[index].length, "end")
  }

  read({ name, index }) {
    const [over, under = "1"] = field(name).value.replace(/[[\]]/g, "").split(",")[index].split("/")
    return Number(over) / Number(under)
  }

  write({ name, index }, value) {
    const input = field(name)
    const parts = input.value.replace(/[[\]]/g, "").split(",")
    if (Number(parts[index]) === value) return
    this.note(name, input.value)
    parts[index] = String(value)
    const isBracketed = input.value.startsWith("[")
    input.value = isBracketed ? `[${parts}]` : parts.join(",")
    this.unsent.set(name, input.value)
    this.ask()
  }

  // What the value was, where the page says what became of the loss. A run of changes of one value is one change.
  note(name, text) {
    if (!field("was")) return
    if (this.base?.name !== name) this.base = { name, text }
    field("was").value = `${name}:${this.base.text}`
  }

  // Busy from now on, not from when htmx has begun: what is pressed in between would start a second request.
  ask() {
    if (this.busy) {
      this.waiting = true
      return
    }
    this.busy = true
    this.unsent.clear()
    panel().dispatchEvent(new Event("change", { bubbles: true }))
  }

  // A page that no change of ours brings begins from its start.
  asked({ sourceElement }) {
    this.busy = true
    if (sourceElement?.id !== "panel") this.base = null
  }

  // htmx lets go of a request only after it has said so: the next one waits for that.
  done() {
    const { waiting } = this
    this.waiting = false
    if (!waiting) this.busy = false
    else
      setTimeout(() => {
        this.busy = false
        this.ask()
      })
  }

  // A field that the reader has touched keeps its value through a morph, and one with a newer value is given the older
  // one: the first shall say what the page says, unless it is being typed, and the second keep what waits to be sent.
  follow() {
    if (document.querySelector("#errors p")) return
    for (const control of document.querySelectorAll("#panel input, #panel textarea")) {
      if (control !== document.activeElement) control.value = this.unsent.get(control.name) ?? control.defaultValue
    }
  }

  // One entry of the history for a whole drag.
  remember(history) {
    if (!this.drag?.moved) return
    if (this.pushed) history.type = "replace"
    this.pushed = true
  }
}
