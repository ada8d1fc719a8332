// Hide, predict, reveal: the next output is asked for before it is shown. What has not been answered is nowhere on the
// page: app/views/prediction.py leaves it out of the drawing, and here it is left out of every frame until it is known.

import { exact } from "./format.js"
import { RESULTS } from "./steps.js"
import { words } from "./words.js"

const TOLERANCE = 0.0051 // two places after the point are close enough

export class Prediction {
  constructor(stage) {
    this.stage = stage
    this.answered = new Set()
    this.form = null
    this.veiled = new WeakMap() // frame → what may be seen of it
    this.filled = null // what the result planes show: { planes, known }
  }

  // Another scene has other results, none of them answered. How it is shown does not matter.
  begin({ operation, view, parameters, grids, shift }) {
    const numbers = JSON.stringify([operation, view, parameters, grids, shift])
    if (this.numbers !== undefined && this.numbers !== numbers) this.answered.clear()
    this.numbers = numbers
    this.close()
  }

  get isOn() {
    return this.stage.hasAttribute("predict")
  }

  // Whether all results stay hidden, and none is asked for.
  get withholds() {
    return this.stage.hasAttribute("withheld")
  }

  // Whether the output of the current step is held back.
  get holds() {
    return this.hides(this.stage.player.step)
  }

  // Whether the output of a step is held back: it is neither answered, nor given by the link.
  hides(step) {
    return this.withholds || (this.isOn && !(step < this.stage.given) && !this.answered.has(step))
  }

  // Whether a cell is a result that is held back.
  hidesCell(id, cell) {
    return RESULTS.includes(id[0]) && this.hides(this.stage.steps.stepOf(id, cell))
  }

  // What may be seen of a frame.
  seen(frame) {
    if (!this.hides(frame.step)) return frame
    if (!this.veiled.has(frame)) this.veiled.set(frame, veil(frame))
    return this.veiled.get(frame)
  }

  // Writes what is known into the planes of results, and nothing else.
  fill() {
    const { painter, steps } = this.stage
    if (!this.isOn && !this.withholds) return
    const known = `${this.stage.given}/${this.answered.size}/${steps.batches.length}`
    if (steps.scatterMap || (this.filled?.planes === painter.planes && this.filled.known === known)) return
    this.filled = { planes: painter.planes, known }
    for (const plane of painter.planes.values()) if (RESULTS.includes(plane.role)) this.fillPlane(plane)
  }

  // What the link gives but the stream has not sent yet stays as the server has drawn it.
  fillPlane(plane) {
    const values = Array.from({ length: plane.rows * plane.cols }, (_, cell) =>
      this.hidesCell(plane.id, cell) ? null : this.stage.result(plane.id, cell),
    )
    if (!plane.isPicture) return values.forEach((value, cell) => value === undefined || plane.writeCell(cell, value))
    const missing = values.indexOf(undefined)
    if (missing < 0) plane.redraw(values)
    else this.stage.fetchAround(this.stage.steps.stepOf(plane.id, missing))
  }

  get isAsking() {
    return this.isOn && this.form !== null
  }

  // The playhead has moved: a step that has not been answered stops the playing and asks. Whoever has changed the
  // scene keeps the focus.
  moved({ focus = true } = {}) {
    const { player, steps } = this.stage
    if (!this.isOn) return this.close()
    if (!steps?.has(player.step)) return
    if (player.playing && this.holds && player.phase > 0.7) return player.pause()
    if (!player.playing && this.holds) this.ask(focus)
    else if (!this.holds) this.close()
  }

  ask(focus) {
    const { stage } = this
    const now = stage.moment.frame(stage.player.step)
    const name = stage.speech.nameOf(now)
    if (this.form?.dataset.step === String(stage.player.step)) return
    this.close()
    this.form = build(name)
    this.form.dataset.step = stage.player.step
    this.form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.answer(this.form.elements.guess.value, now.equation.y)
    })
    this.form.querySelector("[type=button]").addEventListener("click", () => this.reveal())
    this.place()
    if (focus) this.form.elements.guess.focus({ preventScroll: true })
  }

  // htmx knows nothing of the form, and takes it out: it comes back as it was, with what is typed and the focus.
  aboutToMorph() {
    this.focused = this.form?.contains(document.activeElement) ? document.activeElement : null
  }

  restore() {
    if (!this.isOn) return this.close()
    if (!this.form || this.form.isConnected) return
    this.place()
    this.focused?.focus({ preventScroll: true })
  }

  place() {
    this.stage.querySelector("[data-hint]").after(this.form)
  }

  answer(text, y) {
    const guess = guessed(text)
    if (!Number.isFinite(guess)) return this.stage.speech.say(words.notNumber)
    const isRight = Math.abs(guess - y) <= TOLERANCE * Math.max(1, Math.abs(y) * 0.01)
    this.reveal()
    this.stage.speech.say(isRight ? words.right : words.notQuite(exact(guess), y))
  }

  reveal() {
    const { stage } = this
    this.answered.add(stage.player.step)
    this.close()
    stage.speech.said = null
    stage.render()
    stage.querySelector("[data-do=forward]").focus({ preventScroll: true })
  }

  close() {
    const { form } = this
    this.form = null
    form?.remove()
  }
}

// The frame without what is asked for: a sum without its end, products that are not yet made, no ring around the largest.
export function veil(frame) {
  const { equation, outlines, labels } = frame
  const isWindow = (equation.rows ?? []).flat().some(([, weight]) => weight === null) // data, which hides nothing
  const blank = (fill) => (fill.values && !isWindow ? { ...fill, values: fill.values.map(() => null) } : fill)
  return {
    ...frame,
    fills: frame.fills.map(blank),
    outlines: outlines.filter(({ plane, role }) => role !== "winner" || plane[0] !== "p"),
    labels: labels.map((label) => ({ ...label, value: NaN })),
    equation: unanswered(equation),
  }
}

function unanswered(equation) {
  const asked = { sum: withoutSums, stamp: withoutProducts, column: withoutEntries }[equation.kind]
  return { ...equation, ...asked(equation) }
}

function withoutSums({ sums, a, other }) {
  const asked = { y: NaN, sums: sums.map(() => NaN), a: a === null ? null : NaN }
  return other ? { ...asked, other: unanswered(other) } : asked
}

function withoutProducts({ products }) {
  return { products: products.map((row) => row.map((product) => product === null ? null : NaN)), tallies: [], overlaps: 0 }
}

// What a column copies is its result; what lands with it are data.
function withoutEntries({ grid, numbers }) {
  const seen = grid === "y" ? numbers.map(() => NaN) : numbers
  return { y: seen[0], numbers: seen, tallies: [], overlaps: 0 }
}

// 3, −0.5, 0,5 or 1/9 as a number; NaN or an infinity where it is none.
function guessed(text) {
  const parts = text.replace("−", "-").replace(",", ".").split("/")
  const [numerator, denominator = 1] = parts.map((part) => (part.trim() ? Number(part) : NaN))
  return parts.length > 2 ? NaN : numerator / denominator
}

function build(name) {
  const form = document.createElement("form")
  form.className = "predict"
  const label = document.createElement("label")
  const field = Object.assign(document.createElement("input"), { name: "guess", autocomplete: "off", inputMode: "decimal", size: 6 })
  label.append(words.ask(name), " ", field)
  const check = Object.assign(document.createElement("button"), { textContent: words.check })
  const reveal = Object.assign(document.createElement("button"), { textContent: words.reveal, type: "button" })
  form.append(label, check, reveal)
  return form
}
