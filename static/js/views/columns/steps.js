// What happened at column l? A picture, and a matrix that has a column for each of its windows.

import { Batches } from "../../steps.js"
import { ScatterMap } from "../common/scatter-map.js"
import { ScatterSteps } from "../common/scatter-steps.js"
import { Matrix } from "./matrix.js"

const KEPT = 4

// x is the picture, y the matrix: each step copies a window.
export class UnfoldSteps extends Batches {
  kept = new Map() // what was asked for last, by step

  constructor(scene) {
    super()
    this.scene = scene
    this.count = scene.steps
    this.scatterMap = new ScatterMap(scene)
    this.geometry = this.scatterMap
    this.matrix = new Matrix(this.scatterMap, this.count, "y")
  }

  numbers(step) {
    const batch = this.batchOf(step)
    return batch.y[step - batch.start]
  }

  // The matrix after a step, null where no column has come yet.
  fills(step) {
    if (this.kept.size > KEPT) this.kept.clear()
    if (!this.kept.has(step)) {
      const values = Array.from({ length: this.matrix.rows * this.count }, (_, entry) => (entry % this.count > step ? null : this.value("y.0", entry)))
      this.kept.set(step, [{ plane: "y.0", values }])
    }
    return this.kept.get(step)
  }

  // All numbers of the matrix, and which of them have been copied.
  ahead(id, { values }) {
    return { values: values.map((_, entry) => this.value(id, entry)), isDone: values.map((value) => value !== null) }
  }

  tallies() {
    return []
  }

  // An entry of the matrix is the number that it copies.
  locate(id, cell) {
    const { plane, cell: at } = id[0] === "y" ? this.matrix.spot(cell) : { plane: Number(id.split(".")[1]), cell }
    const [inside, [rows, cols]] = [this.scatterMap.inside(at), this.scatterMap.inner]
    return inside < 0 ? null : { grid: "x", at: plane * rows * cols + inside }
  }

  value(id, cell) {
    const found = this.locate(id, cell)
    return found ? this.scene.grids.x.values[found.at] : 0
  }

  stepOf(id, cell) {
    return cell % this.count
  }

  // Nothing is folded away by the playhead: it goes through all planes at once.
  filterOf() {
    return 0
  }

  get rowLength() {
    return this.scatterMap.cols.input
  }

  get planeLength() {
    return this.count
  }

  // Whether the window that a step copies holds one single value.
  isPlain(step) {
    const [held, ...others] = this.matrix.column(step).map((entry) => this.value("y.0", entry))
    return others.every((value) => value === held)
  }
}

// x is the matrix, y the picture: a scatter, each of whose steps lets a column land.
export class FoldSteps extends ScatterSteps {
  constructor(scene) {
    super(scene)
    this.matrix = new Matrix(this.scatterMap, this.count, "x")
  }

  numbers(step) {
    return this.matrix.column(step).map((entry) => this.data.values[entry])
  }

  added(step, plane) {
    const { places } = this.scatterMap
    return this.numbers(step).slice(plane * places, (plane + 1) * places)
  }

  fills(step) {
    return super.fills(step, this.scene.told)
  }

  // Whether the column that lands holds nothing but zeros.
  isPlain(step) {
    return this.numbers(step).every((number) => number === 0)
  }

  // In the order of the column's rows.
  tallies(step) {
    return this.scene.told.flatMap((plane) => super.tallies(step, plane))
  }

  // A column of the matrix, or the last one that lands on a cell.
  stepOf(id, cell) {
    return id[0] === "x" ? cell % this.count : super.stepOf(id, cell)
  }
}
