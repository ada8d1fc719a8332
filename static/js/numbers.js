// The numbers in the cells: written as soon as the stream says them, before the page that draws them comes; what has
// changed by an edit flashes.

import { short } from "./format.js"
import { RESULTS } from "./steps.js"

const FLASH = 700 // milliseconds

export class Numbers {
  constructor(stage) {
    this.stage = stage
    this.texts = new Map() // plane id → { cols, texts } before a change
  }

  get planes() {
    return this.stage.painter.planes
  }

  // What can be read now, to be compared with what will be.
  remember() {
    const read = (plane) => ({ cols: plane.cols, texts: plane.cells.map((_, cell) => plane.textOf(cell)) })
    this.texts = new Map([...this.planes.values()].map((plane) => [plane.id, read(plane)]))
  }

  // Every cell that reads other than before flashes, where its plane is as large as it was.
  flash() {
    if (this.stage.stillness.matches || this.stage.hides) return
    for (const plane of this.planes.values()) {
      const before = this.texts.get(plane.id)
      if (before?.cols !== plane.cols || before.texts.length !== plane.cells.length) continue
      before.texts.forEach((text, cell) => text !== plane.textOf(cell) && flashCell(plane.cells[cell]))
    }
  }

  // What the products and an enlarged window show is the moment's, and is painted with it.
  write({ results = true } = {}) {
    for (const plane of this.planes.values()) {
      if (!"pm".includes(plane.role) && (results || !RESULTS.includes(plane.role[0]))) this.writePlane(plane)
    }
  }

  // A plane of which something is not known yet stays as it is; what is in a drawing alone comes with the page.
  writePlane(plane) {
    const values = Array.from({ length: plane.rows * plane.cols }, (_, cell) => this.known(plane.id, cell))
    if (values.includes(undefined)) return
    if (plane.isPicture) return plane.redraw(values)
    const keepsText = plane.grid === this.stage.steps.scene.roles.weights && this.stage.hasAttribute("letters")
    values.forEach((value, cell) => {
      const text = keepsText ? plane.textOf(cell) : value === null ? "" : short(value)
      if (keepsText || text !== plane.textOf(cell)) plane.writeCell(cell, value, text)
    })
  }

  known(id, cell) {
    const { stage } = this
    if (stage.prediction?.hidesCell(id, cell)) return null
    return RESULTS.includes(id[0]) && !stage.steps.scatterMap ? stage.result(id, cell) : stage.steps.value(id, cell)
  }
}

// From bright to what the cell is.
function flashCell(cell) {
  cell.firstElementChild.animate([{ fill: "var(--flash)", fillOpacity: 1, offset: 0 }], { duration: FLASH, easing: "ease-in" })
}
