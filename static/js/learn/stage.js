// <learn-stage src="/learn.events?…" step="60" weight="0"> plays a lesson iteration by iteration.
//
// Attributes in: src, step, last, weight, intro, open. Events out: learn-edit { grid, base, edit }.

import { brush, CellEntry, NUMBER } from "../cell-entry.js"
import { setText } from "../format.js"
import { Played } from "../played.js"
import { Source } from "../source.js"
import { indexOfInput, inspect } from "./inspect.js"
import { Lesson } from "./lesson.js"
import "./page.js"
import { Pointer } from "../grid-pointer.js"
import { Sheet } from "./sheet.js"
import { words } from "./words.js"

const SPEED = 8 // iterations are many, and each moves little

export class LearnStage extends Played {
  static observedAttributes = ["src"]

  connectedCallback() {
    const signal = this.connect({ position: () => words.position(this.player.step, this.player.last), speed: SPEED })
    this.player.resize(Number(this.getAttribute("last")) + 1)
    this.player.place(Number(this.getAttribute("step")), 1)
    this.weight = Number(this.getAttribute("weight"))
    this.pointed = null
    this.entry = new CellEntry((place, cells, text) => this.keep(place, cells, text))
    this.pointer = new Pointer(this, signal)
    document.addEventListener("htmx:after:swap", () => this.adopt(), { signal })
    this.load()
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.source?.close()
    this.lesson = undefined
  }

  attributeChangedCallback(name, before, after) {
    if (this.isConnected && this.player && before !== null && before !== after) queueMicrotask(() => this.load())
  }

  // The task has changed, or is there for the first time. Who stood at the end stands at the end again.
  async load() {
    const source = new Source(this.getAttribute("src"))
    this.source?.close()
    this.source = source
    const isFirst = !this.lesson
    try {
      await source.page(0, (name, data) => this.source === source && this.take(name, data))
      if (this.source !== source) return
      this.begin(isFirst)
    } catch (error) {
      if (error.name !== "AbortError") this.say(words.failed(error.message))
    }
  }

  take(name, data) {
    if (name === "lesson") {
      this.coming = new Lesson(data)
      return
    }
    if (name === "iterations") this.coming.take(data)
  }

  begin(isFirst) {
    const wasLast = this.player.step >= this.player.last
    this.lesson = this.coming
    this.weight = Math.min(this.weight, this.lesson.kernel[0] * this.lesson.kernel[1] - 1)
    this.player.resize(this.lesson.count)
    if (wasLast && !this.player.playing && !(isFirst && this.hasAttribute("open"))) this.player.place(this.player.last, 1)
    this.adopt()
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches
    if (isFirst && this.hasAttribute("intro") && !isStill) this.player.play({ from: 0 })
  }

  // What htmx has brought is brought to life.
  adopt() {
    if (!this.lesson) return
    this.classList.add("alive")
    this.sheet = new Sheet(this)
    this.render()
  }

  moved() {
    this.render()
    if (!this.player.playing) this.announce()
  }

  render() {
    if (!this.lesson) return
    this.transport.show()
    if (!this.fits()) return
    const found = this.pointed && inspect(this.lesson, this.player.step, this.weight, { ...this.pointed, margin: this.margin })
    this.sheet.show(this.lesson, this.player.step, found?.weight ?? this.weight, found ?? {})
    this.hint(found?.sentence ?? words.hint)
  }

  // Between two tasks the grids of the new one may be there before its numbers.
  fits() {
    const { planes } = this.sheet
    const size = (role) => planes.get(role).rows * planes.get(role).cols
    return size("x") === this.lesson.x.length && size("y") === this.lesson.wanted.length && size("w") === this.lesson.at(0).w.length
  }

  get margin() {
    return (this.sheet.planes.get("x").svg.dataset.margin ?? "0,0,0,0").split(",").map(Number)
  }

  point(place) {
    if (!this.lesson) return
    if (place?.role === this.pointed?.role && place?.cell === this.pointed?.cell) return
    this.pointed = place
    this.render()
  }

  choose({ role, cell }) {
    if (role !== "w" && role !== "g") return
    this.weight = cell
    this.render()
  }

  // The index of a cell of x or of the wanted output, as an edit names it; null of every other.
  indexOf({ plane, role, cell }) {
    if (role === "x") return indexOfInput(this.lesson, cell, this.margin)
    return role === "t" ? [Math.floor(cell / plane.cols), cell % plane.cols] : null
  }

  valueOf({ role, cell }) {
    return (role === "x" ? this.lesson.x : this.lesson.wanted)[cell]
  }

  // What a drag paints.
  brush(place) {
    return brush(place.role === "x" ? this.lesson.x : this.lesson.wanted, this.valueOf(place))
  }

  // Opens the field over a cell that can be edited; says whether it can.
  edits(place, typed = null) {
    const index = this.indexOf(place)
    if (!index) return false
    this.player.pause()
    const name = `${place.role === "x" ? "x" : "wanted"}[${index.join(", ")}]`
    this.entry.open(place, { text: String(this.valueOf(place)), typed, label: words.editing(name) })
    return true
  }

  keep({ plane, role }, cells, text) {
    if (!NUMBER.test(text)) return queueMicrotask(() => this.say(words.notNumber)) // once the focus is back on the plane
    const number = Number(text)
    if (Number.isFinite(number)) for (const cell of cells) plane.writeCell(cell, number)
    const edit = cells.map((cell) => `!${this.indexOf({ plane, role, cell }).join(".")}:${text}`).join("")
    const detail = role === "x" ? { grid: "x", base: null, edit } : { grid: "y", base: this.dataset.own, edit }
    this.dispatchEvent(new CustomEvent("learn-edit", { bubbles: true, detail }))
  }

  announce() {
    const { step, last } = this.player
    setText(this.querySelector("[data-announce]"), words.announced(step, last, this.lesson.at(step).loss))
  }

  say(sentence) {
    setText(this.querySelector("[data-announce]"), sentence)
    this.hint(sentence)
  }

  hint(sentence) {
    setText(this.querySelector("[data-hint]"), sentence)
  }
}

customElements.define("learn-stage", LearnStage)
