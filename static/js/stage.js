// <conv-stage src="/conv2d.events?…" step="12"> brings the planes inside it to life.
//
// A thin shell over separate parts: a source, the steps, a player and its transport, a painter, a pointer, keys.
// Attributes in: src, view, step, open-at, channel, complete, intro, predict, withheld, letters, first-index, result, speed, pace, loop, autoplay, invitation.
// `ready` is a promise: of the first steps, or why they did not come.
// Events out: conv-edit { grid, edit, dragging }, conv-replace { grid, text }, conv-undo, conv-show { filter }.

import { Clock } from "./clock.js"
import { short } from "./format.js"
import { inspect } from "./inspect.js"
import { Keys } from "./keys.js"
import { Painter } from "./paint.js"
import { Player } from "./player.js"
import { Pointer } from "./pointer.js"
import { PAGE, Source } from "./source.js"
import { Steps } from "./steps.js"
import { setText } from "./text.js"
import { Transport } from "./transport.js"
import * as gather from "./views/gather.js"
import { at, colours, words } from "./words.js"

// Each view has its steps, its frames, its painter and what it says of a cell. All but the first are fetched when asked for.
const GATHER = { Steps, inspect, Painter, ...gather }

const AHEAD = 512 // steps before the end of a page at which the next one is asked for; a playhead that plays looks a whole page ahead
const STILL = 100 // milliseconds: a shorter step is shown whole, as nothing in it could be seen to move

export class ConvStage extends HTMLElement {
  static observedAttributes = ["src", "open-at"]

  connectedCallback() {
    this.stillness = matchMedia("(prefers-reduced-motion: reduce)")
    this.painter = new Painter(this)
    this.player = new Player({ clock: new Clock(), change: () => this.moved() })
    this.player.speed = Number(this.getAttribute("speed") ?? 1)
    this.player.loop = this.hasAttribute("loop")
    this.player.pace = this.getAttribute("pace") ?? "auto"
    this.frames = new Map()
    this.touched = false
    this.said = null // the last sentence about a step
    this.invited = 0 // how many of the invitations have been followed
    this.startStep = null // where the introduction, while it plays, will leave the playhead
    this.leaving = new AbortController()
    const { signal } = this.leaving
    this.pointer = new Pointer(this, signal)
    this.keys = new Keys(this, signal)
    this.transport = new Transport({
      bar: () => this.querySelector("[data-player]"),
      places: [this],
      player: this.player,
      position: () => words.position(this.player.step, this.player.steps),
      seek: (step) => this.seek(step),
      toggle: () => this.toggle(),
      acts: { gear: () => this.player.shift(), undo: () => this.tell("conv-undo"), keys: () => this.listKeys() },
    })
    this.sizes = new ResizeObserver(() => this.arrange())
    this.sizes.observe(this)
    this.sizes.observe(this.painter.drawing.svg) // what stands beside it takes from its space
    this.addEventListener("click", (event) => this.choose(event), { signal, capture: true })
    document.addEventListener("pointermove", () => import("./morph.js").then((morph) => (this.morph = morph)), { signal, once: true })
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
    if (name === "src") queueMicrotask(() => this.load())
    else if (after !== null) queueMicrotask(() => this.openAt(Number(after)))
  }

  // A link names a place. A filter that the playhead itself has called forward leaves the playhead alone.
  openAt(step) {
    if (this.steps && this.asked !== this.steps.filterOf(step)) this.seek(step)
  }

  // The scene has changed, or is there for the first time. `ready` holds once its first steps are there.
  load() {
    this.ready = this.read()
    this.ready.catch((error) => this.failed(error))
  }

  // The playhead stays unless the link names a step.
  async read() {
    const source = new Source(this.getAttribute("src"))
    this.source?.close()
    this.source = source
    const isFirst = !this.steps
    const view = await this.fetchView()
    if (this.hides) await this.predicts()
    await source.page(0, (name, data) => this.source === source && this.take(name, data, view))
    if (isFirst) this.open()
    else this.endIntroduction()
  }

  // What is missing is asked for again when the playhead comes to it again.
  failed(error) {
    if (error.name === "AbortError") return
    this.player.pause()
    this.say(words.failed(error.message))
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
    this.frames.clear()
    if (name === "scene") {
      this.view = view
      this.steps = new view.Steps(data)
      this.prediction?.begin(data)
      this.player.resize(data.steps, this.steps.rhythm)
      this.painter = new view.Painter(this)
      this.field?.stayOn(this.painter.planes)
      this.asked = null
    } else {
      this.steps.add(data)
      if (this.classList.contains("alive")) this.prediction?.moved({ focus: false })
      const { last } = this.pointer
      if (last && this.inspected) this.inspect(last.id, last.cell) // what is pointed at has become known, or another
      else this.render()
    }
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

  // A change of the scene ends the introduction.
  endIntroduction() {
    if (this.startStep !== null) this.seek(Number(this.getAttribute("step")))
  }

  startOver() {
    this.touch()
    this.player.play({ from: 0 })
  }

  // The complete picture plays from its beginning.
  toggle() {
    const from = this.isComplete ? 0 : null
    this.touch()
    this.player.toggle({ from })
  }

  seek(step) {
    this.touch()
    this.player.seek(step)
  }

  listKeys() {
    this.querySelector("[data-keys]").showModal()
  }

  // From now on the outputs appear as they are computed.
  touch() {
    this.touched = true
    this.startStep = null
    this.inspected = null
  }

  moved() {
    if (!this.player.playing && this.startStep !== null) return this.seek(this.startStep)
    this.prediction?.moved()
    this.render()
  }

  aboutToMorph() {
    this.before = this.stillness.matches ? null : this.morph?.places(this.painter)
  }

  // htmx has changed what is inside: what the scripts had drawn is drawn again, and moves to its new place.
  morphed() {
    this.frames.clear()
    this.classList.add("alive")
    this.painter.refresh()
    this.sizes.observe(this.painter.drawing.svg)
    this.hint()
    this.render()
    if (this.before) this.morph.moveFrom(this.before, this.painter)
    this.before = null
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

  // The last frames are kept, as every step is painted many times.
  frame(step) {
    if (!this.steps.has(step) || step < 0) return null
    if (this.frames.size > 3) this.frames.clear()
    if (!this.frames.has(step)) this.frames.set(step, this.view.frame(this.steps, this.shown, step))
    return this.frames.get(step)
  }

  // What may be seen of a frame: all of it, but for a result that is to be predicted.
  seen(step) {
    const frame = this.frame(step)
    return frame && this.prediction ? this.prediction.seen(frame) : frame
  }

  // Shows the moment: the playhead's, or what is pointed at.
  render() {
    if (!this.steps || (this.hides && !this.prediction)) return
    const { player } = this
    this.transport.show()
    this.fetchAround(player.step)
    this.bringForward(this.steps.filterOf(player.step))
    const now = this.seen(player.step)
    if (now) this.inspected ? this.showInspected(now) : this.showMoment(now)
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
    this.tell("conv-show", { filter })
  }

  showMoment(now) {
    const { player } = this
    const still = this.stillness.matches || player.stepTime < STILL || !player.playing
    this.painter.paint(now, {
      previous: this.seen(player.step - 1),
      phase: still ? 1 : player.phase,
      complete: this.isComplete,
      hold: this.prediction?.holds,
      settings: this.settings,
    })
    if (!player.playing || player.phase >= 1) this.announce(now)
  }

  get isComplete() {
    return this.hasAttribute("complete") && !this.touched && !this.player.playing && !this.hasAttribute("intro") && !this.hasAttribute("predict")
  }

  showInspected(now) {
    const { step, outlines } = this.inspected
    const looked = step === undefined ? now : (this.seen(step) ?? now)
    const shown = outlines ? { ...looked, ...this.inspected, links: [] } : { ...looked, fills: revealed(looked, now) }
    this.painter.paint(shown, { complete: this.isComplete, settings: this.settings })
  }

  inspect(id, cell) {
    if (!this.steps || this.player.playing || this.prediction?.isAsking || this.prediction?.withholds) return
    if (this.prediction?.hidesCell(id, cell)) return this.letGo()
    const { firstIndex, result } = this.settings
    const found = this.view.inspect(this.steps, this.shown, id, cell, { step: this.player.step, firstIndex, result })
    if (found?.step !== undefined) this.fetchAround(found.step)
    this.inspected = found
    this.render()
    if (found?.sentence) this.say(found.sentence)
    if (found && ["y", "x"].includes(id[0])) this.invite(id[0] === "y" ? 1 : 2)
  }

  letGo() {
    this.hint()
    if (!this.inspected) return
    this.inspected = null
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
    if (id[0] === "p") return this.seen(this.player.step)?.fills.find(({ plane }) => plane === id)?.values[cell] ?? null
    return "yYatd".includes(id[0]) && !this.steps.scatterMap ? (this.result(id, cell) ?? null) : this.steps.value(id, cell)
  }

  // The number of a result's cell; undefined where its step has not come yet.
  result(id, cell) {
    const number = this.steps.at(Number(id.split(".")[1]) * this.steps.geometry.area + cell, id, cell)
    return id[0] === "a" ? number?.a : number?.y
  }

  // The field over a cell, for all of them.
  async cellField() {
    const { CellField } = await import("./edit.js")
    const keep = ({ plane, cell }, text) => this.edit(this.painter.planes.get(plane.id), cell, text)
    return (this.field ??= new CellField({ keep }))
  }

  edit(plane, cell, text, { dragging = false } = {}) {
    const index = this.pointer.indexOf(plane, cell)
    if (index === null) return
    const value = Number(text)
    this.edited = { id: plane.id, cell, value: this.steps.value(plane.id, cell), text: plane.textOf(cell) }
    if (Number.isFinite(value)) plane.writeCell(cell, value, short(value))
    this.invite(plane.role === "w" ? 4 : 3)
    this.tell("conv-edit", { grid: this.steps.locate(plane.id, cell).grid, edit: `!${index}:${text}`, dragging })
  }

  // The last edit was refused: its cell shows again what the scene holds.
  takeBack() {
    const { id, cell, value, text } = this.edited ?? {}
    this.painter.planes.get(id)?.writeCell(cell, value, text)
    this.edited = null
  }

  // Cells are edited where there is a form to carry the change: on the page, not in a frame.
  get canEdit() {
    return this.steps !== undefined && document.getElementById("panel") !== null
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))
  }

  announce(now) {
    const sentence = this.sentence(now)
    if (sentence === this.said) return
    this.said = sentence
    this.speak(sentence)
  }

  sentence(now) {
    const { step, equation } = now
    const { count } = this.steps
    if (this.prediction?.holds && !this.steps.scatterMap) return words.predictStep(step, count, this.nameOf(now))
    if (this.view.say) return this.view.say(step, count, equation.index, equation.y, this.settings.firstIndex, now)
    return words.step(step, count, this.nameOf(now), equation.y)
  }

  // What a step computes, as readers call it: y[2, 2].
  nameOf({ equation }) {
    const { result, firstIndex } = this.settings
    return at(result, equation.index, firstIndex)
  }

  // For ears and eyes.
  say(sentence) {
    this.speak(sentence)
    this.hint(sentence)
  }

  speak(sentence) {
    setText(this.querySelector("[data-announce]"), sentence)
  }

  // The next thing to try, once this one is done.
  invite(next) {
    this.invited = Math.max(this.invited, next)
  }

  // Nothing is edited in a frame, so nobody is invited to; where results are withheld, touching says nothing.
  get invitation() {
    if (this.prediction?.withholds) return ""
    if (this.hasAttribute("invitation")) return this.getAttribute("invitation")
    const [data, , y] = (this.dataset.spaces ?? "input tap output").split(" ")
    const hints = words.hints(colours[data], colours[y])
    const next = Math.min(this.invited, this.canEdit ? Infinity : 1)
    return hints[next === 3 && !this.steps?.weights ? 4 : next]
  }

  hint(sentence = this.invitation) {
    setText(this.querySelector("[data-hint]"), sentence)
  }
}

// The outputs stay as far as the playhead has come, and the one that is looked at is seen too.
function revealed(looked, now) {
  return looked.fills.map((fill) => {
    const before = now.fills.find(({ plane, shown }) => plane === fill.plane && shown !== undefined)
    return before ? { ...fill, shown: Math.max(fill.shown, before.shown) } : fill
  })
}

customElements.define("conv-stage", ConvStage)
