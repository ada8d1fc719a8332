// What happened at step k, where each step adds numbers to the cells of a result? Holds the pictures that come of it.
//
// What a step adds, and to which of its planes, its view says: `added(step, plane)`, place by place.

import { Batches } from "../../steps.js"
import { ScatterMap } from "./scatter-map.js"

const KEPT = 4 // pictures of a plane

export class ScatterSteps extends Batches {
  list = "after"

  constructor(scene) {
    super()
    this.scene = scene
    this.count = scene.steps
    this.scatterMap = new ScatterMap(scene)
    this.geometry = this.scatterMap
    this.data = scene.grids[scene.roles.data]
    this.weights = scene.grids[scene.roles.weights] ?? null
    this.pictures = new Map() // plane → [{ step, values }]
    this.holds = new Map() // plane and step → { values, counts }
  }

  add(batch) {
    super.add(batch)
    this.pictures.clear()
    this.holds.clear()
  }

  // y, once its end has come.
  get y() {
    return this.batches.find((batch) => batch.y)?.y
  }

  // The result planes, of those that the stream sends, that a data plane lands on.
  drawnOf(channel) {
    return this.scene.told.filter((plane) => this.scatterMap.weight(channel, plane) !== undefined)
  }

  // { before, after } at each place of the stamp: what the cells held that a step touched. Of a plane too large for
  // numbers there is no picture, and the stream says both.
  touched(plane, step) {
    const batch = this.batchOf(step)
    const { channel, data } = this.scatterMap.place(step)
    const to = this.drawnOf(channel).indexOf(plane)
    const after = batch.after[step - batch.start][to]
    if (batch.was) return { before: batch.was[step - batch.start][to], after }
    const held = step === batch.start ? batch.before[this.scene.told.indexOf(plane)] : this.picture(plane, step - 1)
    return { before: this.scatterMap.cells(channel, data).map((cell) => held[cell]), after }
  }

  // What each cell of a result plane holds after a step, rim included.
  picture(plane, step) {
    const kept = this.pictures.get(plane) ?? []
    const known = kept.find((picture) => picture.step === step)
    if (known) return known.values
    const values = this.drawn(plane, step, kept)
    this.pictures.set(plane, [{ step, values }, ...kept].slice(0, KEPT))
    return values
  }

  // From the nearest picture before it in the same batch, stamp by stamp.
  drawn(plane, step, kept) {
    const batch = this.batchOf(step)
    const earlier = kept.filter((picture) => picture.step < step && picture.step >= batch.start)
    const first = { step: batch.start - 1, values: batch.before[this.scene.told.indexOf(plane)] }
    const from = earlier.reduce((best, picture) => (picture.step > best.step ? picture : best), first)
    const values = [...from.values]
    for (let next = from.step + 1; next <= step; next++) this.stamp(values, plane, next, batch)
    return values
  }

  stamp(values, plane, step, batch) {
    const { channel, data } = this.scatterMap.place(step)
    const to = this.drawnOf(channel).indexOf(plane)
    if (to < 0) return
    const landed = batch.after[step - batch.start][to]
    this.scatterMap.cells(channel, data).forEach((cell, place) => {
      if (cell >= 0) values[cell] = landed[place]
    })
  }

  // { values, counts } of a result plane after a step: null where nothing has landed, and how many stamps each cell
  // holds. After the last step it is y: the bias added, the rim cut off.
  held(plane, step) {
    const key = `${plane}/${step}`
    if (this.holds.has(key)) return this.holds.get(key)
    const isLast = step === this.count - 1
    const count = this.scatterMap.counter(plane, step)
    const values = isLast ? this.finished(plane) : [...this.picture(plane, step)]
    const counts = values.map((_, cell) => count(cell))
    for (const [cell, value] of values.entries()) {
      if (!isLast && counts[cell] === 0) values[cell] = null
      if (isLast && value === null) counts[cell] = 0
    }
    if (this.holds.size > 2 * KEPT) this.holds.clear()
    this.holds.set(key, { values, counts })
    return this.holds.get(key)
  }

  // y on its place, and null in the rim, which is cut off.
  finished(plane) {
    const y = this.y[this.scene.told.indexOf(plane)]
    return Array.from({ length: this.scatterMap.area }, (_, cell) => y[this.scatterMap.inside(cell)] ?? null)
  }

  // What a result plane will hold in the end, and which of its cells do already, as all their stamps have landed. The rim,
  // which is cut off, shows what it holds so far. Null while the end has not come.
  ahead(id, { values, counts }) {
    if (!this.y) return null
    const plane = Number(id.split(".")[1])
    const total = this.scatterMap.counter(plane, this.count - 1)
    const finished = this.finished(plane)
    return { values: finished.map((value, cell) => value ?? values[cell]), isDone: counts.map((count, cell) => count === total(cell)) }
  }

  fills(step, planes) {
    return planes.map((plane) => ({ plane: `y.${plane}`, ...this.held(plane, step) }))
  }

  // Where a step meets what earlier ones have left, in the order of its places; not in the rim.
  tallies(step, plane) {
    const { scatterMap } = this
    const { channel, data } = scatterMap.place(step)
    if (step === 0 || !this.drawnOf(channel).includes(plane)) return []
    const { before, after } = this.touched(plane, step)
    const [added, count] = [this.added(step, plane), scatterMap.counter(plane, step - 1)]
    return scatterMap.cells(channel, data).flatMap((cell, place) => {
      const index = cell < 0 ? null : scatterMap.index(plane, cell)
      return index && count(cell) ? [{ index, before: before[place], added: added[place], after: after[place] }] : []
    })
  }

  // Which number of which grid a drawn cell shows: { grid, at }; null where it shows none.
  locate(id, cell) {
    return id[0] === "x" ? { grid: this.scene.roles.data, at: Number(id.split(".")[1]) * this.scatterMap.size + cell } : this.gated(id, cell)
  }

  // What a cell shows: of the result, what it holds in the end, once that has come.
  value(id, cell) {
    if (id[0] === "y") return this.y ? this.finished(Number(id.split(".")[1]))[cell] : null
    const found = this.locate(id, cell)
    return found && this.scene.grids[found.grid].values[found.at]
  }

  // The step that reads a number of the data, or the last one that writes a cell of the result.
  stepOf(id, cell) {
    const plane = Number(id.split(".")[1])
    if (id[0] === "x") return plane * this.scatterMap.size + cell
    const channel = this.scatterMap.senders(plane).at(-1)
    return channel * this.scatterMap.size + (this.scatterMap.writers(channel, cell).at(-1)?.data ?? 0)
  }

  // Whether a click on a cell leads to another step, before the next one edits it.
  leads(id, cell, step) {
    return id[0] === "x" && this.stepOf(id, cell) !== step
  }

  // The data plane that the playhead is in.
  filterOf(step) {
    return this.scatterMap.place(step).channel
  }

  get rowLength() {
    return this.scatterMap.cols.input
  }

  get planeLength() {
    return this.scatterMap.size
  }

  // Whether a step stamps nothing but zeros.
  isPlain(step) {
    return this.data.values[step] === 0
  }
}
