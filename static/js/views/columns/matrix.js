// A matrix whose columns are the windows of a picture. `ScatterMap` says which cell of the picture, rim included, each place
// of a window lies on.

import { split } from "../../geometry.js"

export class Matrix {
  constructor(scatterMap, count, letter) {
    this.scatterMap = scatterMap
    this.count = count // columns
    this.letter = letter // y of an unfolding, x of a folding
    this.isCopy = letter === "y"
    this.picture = this.isCopy ? "x" : "y"
  }

  get rows() {
    return this.scatterMap.planes * this.scatterMap.places
  }

  // The entries of a column.
  column(step) {
    return Array.from({ length: this.rows }, (_, row) => row * this.count + step)
  }

  // Row and column of an entry.
  index(entry) {
    return split(entry, this.count)
  }

  // Where an entry comes from, or goes to: the plane of the picture, its drawn cell, the window.
  spot(entry) {
    const [row, window] = split(entry, this.count)
    const [plane, place] = split(row, this.scatterMap.places)
    return { plane, window, cell: this.scatterMap.cells(0, window)[place] }
  }

  // The entries that hold a cell of the picture, or land on it.
  entries(plane, cell) {
    return this.scatterMap.writers(0, cell).map(({ data, place }) => (plane * this.scatterMap.places + place) * this.count + data)
  }
}
