// What happened at step k? Holds the scene and every batch of steps that has arrived.

import { Geometry, unravel } from "./geometry.js"

export const RESULTS = "yaYtd" // the planes that hold results begin with these letters

// Every batch of steps that has arrived; each has a list with one entry for each of its steps.
export class Batches {
  batches = []
  list = "y"

  add(batch) {
    if (this.batches.some((known) => known.start === batch.start && known[this.list].length >= batch[this.list].length)) return
    this.batches.push(batch)
  }

  has(step) {
    return this.batchOf(step) !== undefined
  }

  batchOf(step) {
    return this.batches.find((batch) => batch.start <= step && step < batch.start + batch[this.list].length)
  }

  // A number that what is read was made of: an upstream gradient, z, and the slope there have one for each of it.
  gated(id, cell) {
    const grid = this.scene.gate?.find((name) => name[0] === id[0])
    if (!grid) return null
    const { shape } = this.scene.grids[grid]
    return { grid, at: Number(id.split(".")[1]) * shape.slice(1).reduce((product, size) => product * size) + cell }
  }

  // What a player has to know of the steps: how many there are, in rows and planes of how many, and which show nothing.
  get rhythm() {
    return { count: this.count, row: this.rowLength, plane: this.planeLength, isPlain: (step) => this.isPlain(step) }
  }
}

export class Steps extends Batches {
  constructor(scene) {
    super()
    this.scene = scene
    this.count = scene.steps
    this.geometry = new Geometry(scene)
    this.data = scene.grids[scene.roles.data]
    this.weights = scene.grids[scene.roles.weights]
    this.planeSize = this.geometry.rows.input * this.geometry.cols.input
    this.beyond = scene.reduction.name === "max" ? -Infinity : 0 // what lies around the data
  }

  // { y, sums, a, argmax } of a step. A single channel without bias has one sum, which is y.
  at(step) {
    const batch = this.batchOf(step)
    if (!batch) return undefined
    const i = step - batch.start
    const sums = batch.channel_sums ? batch.channel_sums.map((row) => row[i]) : [batch.y[i]]
    return { y: batch.y[i], sums, a: batch.a?.[i] ?? null, argmax: batch.argmax?.[i] }
  }

  // Which number of the data a drawn cell shows; −1 where padding or stretching put one there.
  dataAt(channel, padded) {
    const plane = this.scene.sources ? this.scene.sources[channel] : channel
    const source = this.geometry.source(padded)
    return plane < 0 || source < 0 ? -1 : plane * this.planeSize + source
  }

  // The data as the window sees it.
  input(channel, padded) {
    const at = this.dataAt(channel, padded)
    return at < 0 ? this.beyond : this.data.values[at]
  }

  // The weight of a plane that lies at a place of the window; null where there are no weights.
  weight(plane, place) {
    return this.weights ? this.weights.values[plane * this.geometry.taps + this.geometry.tap(place)] : null
  }

  // The bias of a result plane; the slices of a volume share their filter's.
  bias(filter) {
    const { b } = this.scene.grids
    return b ? b.values[Math.floor((filter * b.values.length) / this.geometry.filters)] : null
  }

  // Which number of which grid a drawn cell shows: { grid, at }; null where it shows none.
  locate(id, cell) {
    const { geometry, scene } = this
    const [role, number] = [id[0], Number(id.split(".")[1])]
    if (role === "b") return { grid: "b", at: number }
    if (role === "w") return { grid: scene.roles.weights, at: number * geometry.taps + geometry.tap(cell) }
    if (role !== "x") return this.gated(id, cell)
    const at = this.dataAt(number, cell)
    return at < 0 ? null : { grid: scene.roles.data, at }
  }

  value(id, cell) {
    const found = this.locate(id, cell)
    return found ? this.scene.grids[found.grid].values[found.at] : this.beyond
  }

  // The step that wrote a result cell.
  stepOf(id, cell) {
    return Number(id.split(".")[1]) * this.geometry.area + cell
  }

  // The result plane that a step writes to.
  filterOf(step) {
    return this.geometry.place(step).filter
  }

  get rowLength() {
    return this.geometry.cols.output
  }

  get planeLength() {
    return this.geometry.area
  }

  // Whether the window of a step holds one single value, in all of its channels.
  isPlain(step) {
    const { filter, cell } = this.geometry.place(step)
    const window = this.geometry.window(cell).filter((padded) => padded >= 0)
    const channels = this.geometry.group(filter)
    const held = this.input(channels[0], window[0])
    return channels.every((channel) => window.every((padded) => this.input(channel, padded) === held))
  }
}

// The index of a number of a grid, as a reader writes it: a single plane needs no number.
export function indexIn(steps, { grid, at }) {
  const { shape } = steps.scene.grids[grid]
  const index = unravel(at, shape)
  const { spatial } = steps.geometry
  const planes = shape.slice(0, -spatial).reduce((product, size) => product * size, 1)
  return planes > 1 ? index : index.slice(-spatial)
}
