// What happened to column l? A picture, and a matrix that has a column for each of its windows.
//
// `Landing` says which cell of the picture, rim included, each place of a window lies on.

import { split } from "../../geometry.js"
import { Landing } from "../scatter/landing.js"

const KEPT = 4

class Columns {
  constructor(scene) {
    this.scene = scene
    this.count = scene.steps
    this.landing = new Landing(scene)
    this.geometry = this.landing
    this.told = scene.told // the planes of the picture that are drawn
    this.x = scene.grids.x
    this.weights = null
    this.batches = []
    this.kept = new Map() // what was asked for last, by step
  }

  add(batch) {
    if (this.batches.some((known) => known.start === batch.start && this.length(known) >= this.length(batch))) return
    this.batches.push(batch)
    this.kept.clear()
  }

  has(step) {
    return this.batchOf(step) !== undefined
  }

  batchOf(step) {
    return this.batches.find((batch) => batch.start <= step && step < batch.start + this.length(batch))
  }

  // The cells of the matrix in a column.
  column(step) {
    return Array.from({ length: this.rows }, (_, row) => row * this.count + step)
  }

  get rows() {
    return this.landing.planes * this.landing.places
  }

  // Where an entry of the matrix comes from, or goes to: the plane of the picture, its drawn cell, the window.
  spot(entry) {
    const [row, window] = split(entry, this.count)
    const [plane, place] = split(row, this.landing.places)
    return { plane, window, cell: this.landing.cells(0, window)[place] }
  }

  // The entries that hold a cell of the picture, or land on it.
  entries(plane, cell) {
    return this.landing.writers(0, cell).map(({ data, place }) => (plane * this.landing.places + place) * this.count + data)
  }

  // Where a drawn cell of a plane lies in the grid of the picture; −1 in the rim.
  inGrid(plane, cell) {
    const index = this.landing.index(plane, cell)
    if (!index) return -1
    const { rows, cols } = this.landing
    const [height, width] = [rows, cols].map(({ drawn, margin }) => drawn - margin[0] - margin[1])
    return (plane * height + index.at(-2)) * width + index.at(-1)
  }

  // The index of an entry of the matrix.
  index(entry) {
    return split(entry, this.count)
  }

  remember(step, make) {
    if (this.kept.has(step)) return this.kept.get(step)
    if (this.kept.size >= KEPT) this.kept.clear()
    this.kept.set(step, make())
    return this.kept.get(step)
  }

  // Nothing is folded away by the playhead: it goes through all planes at once.
  filterOf() {
    return 0
  }

  // The step at which the first row of windows is told.
  get firstRow() {
    return this.landing.cols.input - 1
  }
}

// x is the picture, y the matrix: each step copies a window.
export class UnfoldSteps extends Columns {
  picture = "x"
  letter = "y"
  copies = true

  length(batch) {
    return batch.y.length
  }

  numbers(step) {
    const batch = this.batchOf(step)
    return batch.y[step - batch.start]
  }

  // The matrix after a step, null where no column has come yet.
  fills(step) {
    return this.remember(step, () => {
      const values = Array.from({ length: this.rows * this.count }, (_, entry) => (entry % this.count > step ? null : this.value("y.0", entry)))
      return [{ plane: "y.0", values }]
    })
  }

  tallies() {
    return []
  }

  // An entry of the matrix is the number that it copies.
  locate(id, cell) {
    const { plane, cell: at } = id[0] === "y" ? this.spot(cell) : { plane: Number(id.split(".")[1]), cell }
    const found = this.inGrid(plane, at)
    return found < 0 ? null : { grid: "x", at: found }
  }

  value(id, cell) {
    const found = this.locate(id, cell)
    return found ? this.x.values[found.at] : 0
  }

  stepOf(id, cell) {
    return cell % this.count
  }

  // For the loupe, which asks for a cell of a result.
  at(step, id, cell) {
    return this.has(step) ? { y: this.value(id, cell) } : undefined
  }
}

// x is the matrix, y the picture: each step lets a column land.
export class FoldSteps extends Columns {
  picture = "y"
  letter = "x"
  copies = false

  length(batch) {
    return batch.after.length
  }

  numbers(step) {
    return this.column(step).map((entry) => this.x.values[entry])
  }

  fills(step) {
    return this.remember(step, () => this.told.map((plane) => ({ plane: `y.${plane}`, ...this.held(plane, step) })))
  }

  // { values, counts } of a plane after a step: null where nothing has landed, and how many columns each cell holds.
  // After the last one it is y, the rim cut off.
  held(plane, step) {
    const { landing } = this
    const isLast = step === this.count - 1
    const [values, counts] = [isLast ? this.finished(plane) : this.drawn(plane, step), this.counts(step)]
    for (const cell of values.keys()) {
      if (!isLast && counts[cell] === 0) values[cell] = null
      if (isLast && landing.index(plane, cell) === null) counts[cell] = 0
    }
    return { values, counts }
  }

  // How many columns have landed on each cell after a step.
  counts(step) {
    const { landing } = this
    return Array.from({ length: landing.area }, (_, cell) => landing.writers(0, cell).filter(({ data }) => data <= step).length)
  }

  // What each cell of a plane holds after a step, rim included: the last picture before, and what has landed since.
  drawn(plane, step) {
    const batch = this.batchOf(step)
    const at = this.told.indexOf(plane)
    const values = [...batch.before[at]]
    for (let next = batch.start; next <= step; next++) {
      const landed = batch.after[next - batch.start][at]
      this.landing.cells(0, next).forEach((cell, place) => (values[cell] = landed[place]))
    }
    return values
  }

  // y on its place, and null in the rim.
  finished(plane) {
    const [first, y] = [this.inGrid(plane, this.corner), this.y[this.told.indexOf(plane)]]
    return Array.from({ length: this.landing.area }, (_, cell) => {
      const found = this.inGrid(plane, cell)
      return found < 0 ? null : y[found - first]
    })
  }

  // The first drawn cell that lies in y.
  get corner() {
    const { rows, cols } = this.landing
    return rows.margin[0] * cols.drawn + cols.margin[0]
  }

  // y of the planes that are drawn, once its end has come.
  get y() {
    return this.batches.find((batch) => batch.y)?.y
  }

  // Where a column meets what earlier ones have left, in the order of its rows; not in the rim.
  tallies(step) {
    const batch = this.batchOf(step)
    if (step === 0) return []
    const [was, after] = [batch.was, batch.after].map((part) => part[step - batch.start])
    const numbers = this.numbers(step)
    const cells = this.landing.cells(0, step)
    const isMet = (cell) => this.landing.writers(0, cell).some(({ data }) => data < step)
    return this.told.flatMap((plane, at) =>
      cells.flatMap((cell, place) => {
        const index = this.landing.index(plane, cell)
        if (!index || !isMet(cell)) return []
        return [{ index, before: was[at][place], added: numbers[plane * cells.length + place], after: after[at][place] }]
      }),
    )
  }

  locate(id, cell) {
    return id[0] === "x" ? { grid: "x", at: cell } : null
  }

  value(id, cell) {
    return id[0] === "x" ? this.x.values[cell] : null
  }

  // A column of the matrix, or the last one that lands on a cell.
  stepOf(id, cell) {
    return id[0] === "x" ? cell % this.count : (this.landing.writers(0, cell).at(-1)?.data ?? 0)
  }

  // A click on the matrix leads to its column, before the next one edits the number.
  leads(id, cell, step) {
    return id[0] === "x" && this.stepOf(id, cell) !== step
  }

  at(step, id, cell) {
    if (!this.y) return undefined
    const plane = Number(id.split(".")[1])
    const found = this.inGrid(plane, cell) - this.inGrid(plane, this.corner)
    return found < 0 ? undefined : { y: this.y[this.told.indexOf(plane)][found] }
  }
}
