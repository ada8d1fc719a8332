// <receptive-field src="/receptive-field.links?…" map="3" unit="1,1"> brings the pictures of a stack to life.
//
// Touch a unit, or choose it with the arrow keys, and its field lights in every map before it, its influence in every
// later one; Grow lets the light fall layer by layer. Events out: field-choose { unit: "3:1,1" }.

import { Clock } from "../clock.js"
import { setText } from "../format.js"
import { patiently } from "../patience.js"
import { Cone } from "./cone.js"
import { Planes } from "./planes.js"
import { PathCounts } from "./path-counts.js"
import { words } from "./words.js"

const PAUSE = 750 // milliseconds between two layers
const REST = 1400 // and at the end

export class ReceptiveField extends HTMLElement {
  static observedAttributes = ["src", "map", "unit"]

  connectedCallback() {
    this.leaving = new AbortController()
    const { signal } = this.leaving
    this.clock = new Clock()
    this.step = Infinity // how many layers the light has fallen
    this.isNew = true
    this.addEventListener("pointermove", (event) => this.hover(event), { signal })
    this.addEventListener("pointerleave", () => this.release(), { signal })
    this.addEventListener("click", (event) => this.press(event), { signal })
    this.addEventListener("keydown", (event) => this.key(event), { signal })
    this.load()
  }

  disconnectedCallback() {
    this.leaving.abort()
    this.clock.stop()
    this.classList.remove("alive")
  }

  attributeChangedCallback(name, before, after) {
    if (!this.leaving || before === after) return
    this.clock.stop()
    this.button(words.grow)
    this.step = Infinity
    if (name === "src") this.pathCounts = this.shown = this.chosen = this.pointed = null
    queueMicrotask(() => this.load())
  }

  async load() {
    const src = this.getAttribute("src")
    if (!src) return
    if (!this.pathCounts) {
      const answer = await patiently(src, { signal: this.leaving.signal }).catch(() => null)
      if (this.leaving.signal.aborted || src !== this.getAttribute("src")) return
      this.querySelector("[data-failed]").textContent = answer?.ok ? "" : words.failed
      if (!answer?.ok) return
      this.pathCounts = new PathCounts(await answer.json())
    }
    this.arise()
    if (this.isNew && this.hasAttribute("intro") && this.shown) this.grow({ intro: true })
    this.isNew = false
  }

  // The pictures may be new: a morph has brought them.
  arise() {
    if (!this.pathCounts || !this.querySelector("[data-cone]")) return
    this.cone = new Cone(this.querySelector("[data-cone]"))
    const planes = this.querySelector("[data-planes]")
    this.planes = planes && new Planes(planes)
    this.chosen = this.given()
    this.pointed = null
    if (this.chosen && this.step === Infinity) this.shown = this.chosen
    this.querySelector("[data-player]").hidden = false
    this.classList.add("alive")
  }

  // The unit that the address names; one of a layer that is not drawn is left as the server shows it.
  given() {
    const map = this.pathCounts.maps.findIndex(({ place }) => place === this.getAttribute("map"))
    return map < 0 ? null : { map, unit: this.getAttribute("unit").split(",").map(Number) }
  }

  // Input only sets what is pointed at; drawing reads it.
  hover(event) {
    if (!this.pathCounts || event.pointerType === "touch") return
    const unit = this.under(event)
    if (same(unit, this.pointed)) return
    this.pointed = unit
    this.stop()
    if (unit) this.light(unit)
    else if (this.chosen) this.light(this.chosen)
  }

  release() {
    if (!this.pointed || !this.chosen) return
    this.pointed = null
    this.light(this.chosen)
  }

  under(event) {
    if (event.target.closest("[data-planes]")) return this.planes?.at(event) ?? null
    const found = event.target.closest("[data-cone]") && this.cone.at(event)
    return found ? { map: found.map, unit: this.whole(found.map, found.unit) } : null
  }

  // A unit of the side view with its row: that of the chosen one in its own map, else the middle.
  whole(map, unit) {
    const { size } = this.pathCounts.maps[map]
    if (size.length === 1) return [unit]
    return [this.chosen?.map === map ? this.chosen.unit[0] : Math.floor(size[0] / 2), unit]
  }

  light(unit, step = Infinity) {
    const steps = this.pathCounts.steps(unit.map)
    const shows = (map) => (step === Infinity ? true : steps[map] <= step)
    this.cone.light(this.pathCounts, unit.map, unit.unit, shows)
    this.planes?.light(this.pathCounts, unit.map, unit.unit, shows)
    this.shown = unit
    if (step === Infinity) this.describe(this.sentence(unit))
    else this.describe(this.grown(unit, steps, step))
  }

  sentence({ map, unit }) {
    if (map === 0) return words.input(unit)
    const { place, fields } = this.pathCounts.maps[map]
    const spans = unit.map((at, axis) => fields[axis][at])
    if (spans.includes(null)) return words.seesNothing(place, unit)
    const isBeyond = spans.some(([start, stop], axis) => start < 0 || stop >= this.pathCounts.maps[0].size[axis])
    const size = spans.map(([start, stop]) => stop - start + 1)
    return (isBeyond ? words.seesBeyond : words.sees)(place, unit, size)
  }

  // How many cells the patch of a unit spans on a map before it, for each axis.
  extent({ map, unit }, below) {
    return unit.map((place, axis) => {
      const lit = this.pathCounts.counts(map, place, axis)[below]
      const cells = lit ? [...lit.keys()].filter((cell) => lit[cell]) : []
      return cells.length ? cells.at(-1) - cells[0] + 1 : 0
    })
  }

  // What the light has just reached; of several maps side by side, where it spreads most.
  grown(unit, steps, step) {
    const reached = [...steps.keys()].filter((map) => steps[map] === step).map((map) => ({ map, size: this.extent(unit, map) }))
    const widest = reached.reduce((best, other) => (area(other.size) > area(best.size) ? other : best))
    return words.grown(this.pathCounts.maps[widest.map].name, widest.size)
  }

  describe(sentence) {
    setText(this.querySelector("[data-sentence]"), sentence)
  }

  announce(sentence) {
    this.querySelector("[data-announce]").textContent = sentence
  }

  press(event) {
    const action = event.target.closest("[data-do]")?.dataset.do
    if (!this.pathCounts) return
    if (action === "play") return this.isGrowing ? this.stop() : this.grow()
    if (action) return this.seek(action === "back" ? -1 : 1)
    const unit = this.under(event)
    if (unit) this.choose(unit)
  }

  choose({ map, unit }) {
    this.chosen = { map, unit }
    this.pointed = null
    this.step = Infinity
    this.light(this.chosen)
    this.announce(this.sentence(this.chosen))
    const detail = { unit: `${this.pathCounts.maps[map].place}:${unit.join(",")}` }
    this.dispatchEvent(new CustomEvent("field-choose", { bubbles: true, detail }))
  }

  key(event) {
    const picture = event.target.closest("[data-cone]")
    if (!picture || !this.pathCounts || event.ctrlKey || event.metaKey || event.altKey) return
    const from = this.shown ?? this.chosen
    if (!from) return
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault()
      return this.choose(from)
    }
    const unit = this.moved(from, event)
    if (!unit) return
    event.preventDefault()
    this.stop()
    this.light(unit)
    this.announce(this.sentence(unit))
  }

  // Left and right along the line, up and down through the layers, with shift through the rows of the map.
  moved({ map, unit }, { key, shiftKey }) {
    const { size } = this.pathCounts.maps[map]
    const last = size.length - 1
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: 1, ArrowDown: -1 }[key]
    if (!by) return null
    const along = (axis, by) => unit.with(axis, Math.min(Math.max(unit[axis] + by, 0), size[axis] - 1))
    if (key === "ArrowLeft" || key === "ArrowRight") return { map, unit: along(last, by) }
    if (shiftKey && last > 0) return { map, unit: along(0, -by) }
    const other = Math.min(Math.max(map + by, 0), this.pathCounts.maps.length - 1)
    const row = Math.floor(this.pathCounts.maps[other].size[0] / 2)
    const col = this.cone.nearest(map, unit[last], other)
    return { map: other, unit: last ? [row, col] : [col] }
  }

  // Growing: the light falls one layer after the other.
  get last() {
    return Math.max(...this.pathCounts.steps(this.shown.map).filter((step) => step < Infinity))
  }

  get isGrowing() {
    return this.clock.handle !== null
  }

  grow({ intro = false } = {}) {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches
    if (!this.shown || (intro && isStill)) return
    this.seekTo(0)
    if (isStill) return
    let waited = 0
    this.button(words.pause)
    this.clock.start((passed) => {
      waited += passed
      if (waited < (this.step >= this.last ? REST : PAUSE)) return
      waited = 0
      if (this.step >= this.last) this.stop()
      else this.seekTo(this.step + 1)
    })
  }

  seek(by) {
    if (!this.shown) return
    const isGrowing = this.isGrowing
    this.stop({ keep: true })
    const at = this.step === Infinity ? this.last : this.step
    this.seekTo(Math.min(Math.max(isGrowing ? at : at + by, 0), this.last))
  }

  seekTo(step) {
    this.step = step
    this.light(this.shown, step)
  }

  stop({ keep = false } = {}) {
    this.clock?.stop()
    this.button(words.grow)
    if (keep || this.step === Infinity) return
    this.step = Infinity
    if (this.shown && this.cone) this.light(this.shown)
  }

  button(word) {
    const label = this.querySelector("[data-do=play] span")
    if (label) label.textContent = word
    this.classList.toggle("growing", this.isGrowing || word === words.pause)
  }
}

const area = (size) => size.reduce((product, cells) => product * cells, 1)

function same(one, other) {
  return one === other || (one && other && one.map === other.map && one.unit.join() === other.unit.join())
}

customElements.define("receptive-field", ReceptiveField)
