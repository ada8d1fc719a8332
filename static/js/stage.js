// <conv-stage src="/conv2d.events?…" step="12"> brings the planes inside it to life.
//
// A thin shell over separate parts: a source, the steps, a player and its transport, a painter, the moment that is seen,
// what is said; and the hands of a reader, who points, types and drags.
// Attributes in: src, view, step, open-at, channel, complete, ahead, intro, predict, withheld, letters, first-index, result, speed, pace, loop, autoplay, invitation, brush.
// `ready` is a promise: of the first steps, or why they did not come.
// Attribute out: data-stale, while the results are those of other numbers.
// Events out: conv-edit { grid, index, text, dragging, … }, conv-replace { grid, text }, conv-undo, conv-redo, conv-show { filter }, conv-introduced.

import { approach } from "./approach.js"
import { Clock } from "./clock.js"
import { Moment } from "./moment.js"
import { Painter } from "./paint.js"
import { Player } from "./player.js"
import { PAGE, Source } from "./source.js"
import { Speech } from "./speech.js"
import { RESULTS, Steps } from "./steps.js"
import { Transport } from "./transport.js"
import * as gather from "./views/gather.js"
import { words } from "./words.js"

// Each view has its steps, its frames, its painter and what it says of a cell. All but the first are fetched when asked for.
const GATHER = { Steps, Painter, ...gather }

const AHEAD = 512 // steps before the end of a page at which the next one is asked for; a playhead that plays looks a whole page ahead

export class ConvStage extends HTMLElement {
  static observedAttributes = ["src", "open-at"]

  connectedCallback() {
    this.stillness = matchMedia("(prefers-reduced-motion: reduce)")
    this.painter = new Painter(this)
    this.player = new Player({ clock: new Clock(), change: () => this.moved() })
    this.player.speed = Number(this.getAttribute("speed") ?? 1)
    this.player.loop = this.hasAttribute("loop")
    this.player.pace = this.getAttribute("pace") ?? "auto"
    this.moment = new Moment(this)
    this.speech = new Speech(this)
    this.startStep = null // where the introduction, while it plays, will leave the playhead
    this.isEdited = false // whether the numbers are newer than the page that draws them
    this.leaving = new AbortController()
    const { signal } = this.leaving
    this.come = approach(this, signal, () => this.takeInHand(signal))
    this.transport = new Transport({
      bar: () => this.querySelector("[data-player]"),
      places: [this],
      player: this.player,
      position: () => words.position(this.player.step, this.player.steps),
      seek: (step) => this.seek(step),
      toggle: () => this.toggle(),
      acts: {
        last: () => this.seekEnd(),
        gear: () => this.player.shift(),
        ahead: () => this.moment.toggleAhead(),
        undo: () => this.dispatch("conv-undo"),
        redo: () => this.dispatch("conv-redo"),
        keys: () => this.listKeys(),
      },
    })
    this.sizes = new ResizeObserver(() => this.arrange())
    this.sizes.observe(this)
    this.sizes.observe(this.painter.drawing.svg) // what stands beside it takes from its space
    this.addEventListener("click", (event) => this.choose(event), { signal, capture: true })
    document.addEventListener("htmx:before:swap", () => this.aboutToMorph(), { signal })
    document.addEventListener("htmx:after:swap", () => this.morphed(), { signal })
    this.player.step = Number(this.getAttribute("step"))
    this.load()
  }

  disconnectedCallback() {
    this.leaving.abort()
    this.transport.close()
    this.player.stop()
    this.source?.close()
    this.sizes.disconnect()
    this.steps = undefined
  }

  attributeChangedCallback(name, before, after) {
    if (!this.isConnected || !this.player || before === after) return
    if (name === "src") queueMicrotask(() => this.adopt())
    else if (after !== null) queueMicrotask(() => this.openAt(Number(after)))
  }

  // A link names a place. A filter that the playhead itself has called forward leaves the playhead alone.
  openAt(step) {
    if (this.steps && this.asked !== this.steps.filterOf(step)) this.seek(step)
  }

  // What moves a reader's pointer and keys, once one comes near.
  async takeInHand(signal) {
    const { Editing, Keys, Numbers, Pointer, Selection, inspect, motion } = await import("./hands.js")
    if (signal.aborted) return
    this.inspectGrids = inspect
    this.motion = motion
    this.numbers = new Numbers(this)
    this.selection = new Selection()
    this.editing = new Editing(this)
    this.pointer = new Pointer(this, signal)
    this.keys = new Keys(this, signal)
  }

  // The page shows another scene; or the one whose numbers are here already, as they came before it.
  adopt() {
    this.isEdited = false
    if (this.steps?.scene.address !== this.getAttribute("src")) this.load()
  }

  // The scene has changed, or is there for the first time. `ready` holds once its first steps are there.
  load() {
    this.ready = this.read(this.getAttribute("src"))
    this.ready.catch((error) => this.failed(error))
  }

  // The numbers of a scene that the page does not show yet; who has asked learns why they did not come.
  async edited(address) {
    await this.come() // among what comes is what writes them
    this.isEdited = true
    return this.read(address)
  }

  // The playhead stays unless the link names a step.
  async read(address) {
    const source = new Source(address)
    this.source?.close()
    this.source = source
    const isFirst = !this.steps
    const view = await this.fetchView()
    if (this.hides) await this.predicts()
    await source.page(0, (name, data) => this.source === source && this.take(name, data, view))
    if (isFirst) this.open()
  }

  // What is missing is asked for again when the playhead comes to it again.
  failed(error) {
    if (error.name === "AbortError") return
    this.player.pause()
    this.speech.say(words.failed(error.message))
  }

  // The view that the page asks for, by the name of its script; it takes the place of the last one when the first events have come.
  async fetchView() {
    const view = this.getAttribute("view")
    return view ? { ...GATHER, ...(await import(`./views/${view}.js`)) } : GATHER
  }

  // Whether there are results that are not shown before they are answered, or not at all.
  get hides() {
    return this.matches("[predict], [withheld]")
  }

  // How many results the link shows before it asks.
  get given() {
    return Number(this.getAttribute("predict"))
  }

  // Prediction is fetched only where the link asks for it.
  async predicts() {
    const { Prediction } = await import("./predict.js")
    this.prediction ??= new Prediction(this)
  }

  take(name, data, view = this.view) {
    this.moment.frames.clear()
    if (name === "scene") this.takeScene(data, view)
    else this.takeSteps(data)
  }

  // The first change of a scene shows what lies ahead.
  takeScene(data, view) {
    const numbers = JSON.stringify([data.operation, data.parameters, data.grids, data.shift])
    if (this.numbersBefore !== numbers) this.newNumbers()
    this.numbersBefore = numbers
    this.view = view
    this.steps = new view.Steps(data)
    this.prediction?.begin(data)
    this.player.resize(data.steps, this.steps.rhythm)
    this.painter = new view.Painter(this)
    this.editing?.field.stayOn(this.painter.planes)
    this.asked = null
  }

  newNumbers() {
    if (this.numbersBefore === undefined) return
    this.moment.showAhead()
    this.speech.hinted = null // it was said of the old ones
  }

  takeSteps(data) {
    this.numbers?.remember()
    this.steps.add(data)
    if (this.isEdited) this.numbers.write()
    this.toggleAttribute("data-stale", false)
    if (this.classList.contains("alive")) this.prediction?.moved({ focus: false })
    const last = this.moment.inspected && this.pointer.last
    if (last) this.inspect(last.id, last.cell) // what is pointed at has become known, or another
    else this.render()
    this.numbers?.flash()
  }

  open() {
    this.classList.add("alive")
    this.painter.measure() // an embedded stage keeps its size, and moves its planes to make room
    const step = Number(this.getAttribute("open-at") ?? this.getAttribute("step"))
    if (this.hasAttribute("autoplay") && !this.stillness.matches) return this.startOver()
    if (this.hasAttribute("predict")) return this.seek(this.hasAttribute("open-at") ? step : 0)
    this.player.place(step, 1)
    if (this.hasAttribute("intro") && !this.stillness.matches) this.introduce(step)
    else this.render()
  }

  // One row plays, then the playhead goes to its step and the stage invites.
  introduce(step) {
    this.startStep = step
    this.player.play({ from: 0, until: this.steps.rowLength - 1 })
  }

  endIntroduction() {
    if (this.startStep === null) return
    this.seek(this.startStep)
    this.dispatch("conv-introduced")
  }

  startOver() {
    this.touch()
    this.player.play({ from: 0 })
  }

  // The complete picture plays from its beginning.
  toggle() {
    const from = this.moment.isWhole ? 0 : null
    this.touch()
    this.player.toggle({ from })
  }

  seek(step) {
    this.touch()
    this.player.seek(step)
  }

  seekEnd() {
    this.moment.showAhead()
    this.seek(this.player.last)
  }

  listKeys() {
    this.querySelector("[data-keys]").showModal()
  }

  // From now on this is a run, wherever the playhead is.
  touch() {
    this.startStep = null
    this.moment.begin()
  }

  moved() {
    if (!this.player.playing && this.startStep !== null) return this.endIntroduction()
    this.prediction?.moved()
    this.render()
  }

  aboutToMorph() {
    this.numbers?.remember()
    this.prediction?.aboutToMorph()
    this.before = this.stillness.matches ? null : this.motion?.places(this.painter)
  }

  // htmx has changed what is inside: what the scripts had drawn is drawn again, and moves to its new place.
  morphed() {
    this.moment.frames.clear()
    this.classList.add("alive")
    this.painter.refresh()
    this.sizes.observe(this.painter.drawing.svg)
    this.selection?.refresh(this.painter.planes)
    this.speech.restore()
    this.prediction?.restore()
    this.render()
    this.numbers?.flash()
    if (this.before) this.motion.moveFrom(this.before, this.painter)
    this.before = null
  }

  // Some of the numbers have changed: what was made of them is made again.
  change() {
    this.numbers.remember()
    this.moment.frames.clear()
    this.render()
    this.numbers.flash()
  }

  arrange() {
    this.painter.measure()
    this.render()
  }

  get settings() {
    return {
      firstIndex: Number(this.getAttribute("first-index") ?? 0),
      letters: this.hasAttribute("letters"),
      activation: this.steps.scene.parameters.activation,
      result: this.getAttribute("result") ?? "y", // what readers call y
    }
  }

  get shown() {
    return { ...this.painter.shown, channel: Number(this.getAttribute("channel") ?? -1) }
  }

  // Shows the moment: the playhead's, or what is pointed at.
  render() {
    if (!this.steps || (this.hides && !this.prediction)) return
    const { player } = this
    this.transport.show()
    this.fetchAround(player.step)
    this.bringForward(this.steps.filterOf(player.step))
    this.moment.show()
    this.prediction?.fill()
  }

  // A filter that is drawn, but not seen, comes forward at the same place.
  choose(event) {
    const filter = Number(event.target.closest?.("[data-leads]")?.dataset.index)
    if (!this.steps || !this.painter.drawing.sheets.some((sheet) => sheet.filter === filter)) return
    event.preventDefault()
    event.stopPropagation()
    const { area } = this.steps.geometry
    this.seek(filter * area + (this.player.step % area))
  }

  // A filter that is folded away is asked for, once.
  bringForward(filter) {
    if (this.painter.shown.filters.includes(filter) || this.asked === filter) return
    this.asked = filter
    this.dispatch("conv-show", { filter })
  }

  inspect(id, cell) {
    if (!this.steps || this.player.playing || this.prediction?.isAsking || this.prediction?.withholds) return
    if (this.prediction?.hidesCell(id, cell)) return this.letGo()
    const { firstIndex, result } = this.settings
    const look = this.view.inspect ?? this.inspectGrids
    const found = look(this.steps, this.shown, id, cell, { step: this.player.step, firstIndex, result })
    if (found?.step !== undefined) this.fetchAround(found.step)
    this.moment.inspected = found
    this.render()
    if (found?.sentence) this.speech.say(found.sentence)
    if (found && ["y", "x"].includes(id[0])) this.speech.invite(id[0] === "y" ? 1 : 2)
  }

  letGo() {
    this.speech.hint()
    if (!this.moment.inspected) return
    this.moment.inspected = null
    this.render()
  }

  fetchAround(step) {
    const wanted = [step, Math.min(step + (this.player.playing ? PAGE : AHEAD), this.steps.count - 1)]
    for (const near of wanted) {
      if (this.steps.has(near) || near < PAGE) continue
      const { source } = this
      source.page(near, (name, data) => this.source === source && this.take(name, data)).catch((error) => this.failed(error))
    }
  }

  // The value of a cell, for the loupe; an output only once it is known.
  value(id, cell) {
    if (this.prediction?.hidesCell(id, cell)) return null
    if (id[0] === "p") return this.moment.seen(this.player.step)?.fills.find(({ plane }) => plane === id)?.values[cell] ?? null
    return RESULTS.includes(id[0]) && !this.steps.scatterMap ? (this.result(id, cell) ?? null) : this.steps.value(id, cell)
  }

  // The number of a result's cell; undefined where its step has not come yet.
  result(id, cell) {
    const number = this.steps.at(Number(id.split(".")[1]) * this.steps.geometry.area + cell, id, cell)
    return id[0] === "a" ? number?.a : number?.y
  }

  // Cells are edited where there is a form to carry the change: on the page, not in a frame.
  get canEdit() {
    return this.steps !== undefined && document.getElementById("panel") !== null
  }

  dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))
  }
}

customElements.define("conv-stage", ConvStage)
