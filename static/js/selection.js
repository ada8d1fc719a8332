// The cell of a plane that was chosen last, by a click or by the arrows: a ring around it, and its name for those who listen.

import { split } from "./geometry.js"
import { CELL, element } from "./plane.js"

export class Selection {
  constructor() {
    this.cells = new Map() // plane id → the cell
    this.plane = null // the plane that has the ring
    this.ring = element("rect", { class: "ring", width: CELL, height: CELL, rx: 3, fill: "none" })
  }

  cellOf(plane) {
    return Math.min(this.cells.get(plane.id) ?? 0, plane.rows * plane.cols - 1)
  }

  place(plane, cell) {
    this.cells.set(plane.id, cell)
    this.plane = plane
    this.show()
  }

  // The page has been drawn again: the ring returns to where it was.
  refresh(planes) {
    this.plane = planes.get(this.plane?.id) ?? null
    if (this.plane) this.show()
  }

  show() {
    const { plane } = this
    const cell = this.cellOf(plane)
    const [row, col] = split(cell, plane.cols)
    this.ring.setAttribute("x", col * CELL)
    this.ring.setAttribute("y", row * CELL)
    plane.svg.append(this.ring)
    const drawn = plane.cells[cell]
    if (!drawn) return
    drawn.id ||= `${plane.id.replaceAll(".", "-")}-${cell}`
    plane.svg.setAttribute("aria-activedescendant", drawn.id)
  }
}
