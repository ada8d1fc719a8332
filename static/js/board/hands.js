// What a reader does with the grids of a board: point, choose, type, paint.

import { brush, CellEntry, NUMBER } from "../cell-entry.js"
import { Pointer } from "../grid-pointer.js"
import { split } from "../geometry.js"
import { words } from "./words.js"

export class Hands {
  constructor(stage, signal) {
    this.stage = stage
    this.pointed = null
    this.entry = new CellEntry((place, cells, text) => this.keep(place, cells, text))
    this.pointer = new Pointer(this, signal)
  }

  // What the pointer asks for of a stage.
  addEventListener(...listening) {
    this.stage.addEventListener(...listening)
  }

  contains(element) {
    return this.stage.contains(element)
  }

  get sheet() {
    return this.stage.board
  }

  point(place) {
    if (place?.role === this.pointed?.role && place?.cell === this.pointed?.cell) return
    this.pointed = place
    this.stage.point(place?.role, place?.cell)
  }

  choose({ role, cell }) {
    this.stage.choose(role, cell)
  }

  // The index of a cell as an edit names it; null of a grid that no field holds. A turned kernel has its last weight first.
  indexOf({ plane, cell }) {
    if (!this.stage.fields.has(plane.grid)) return null
    const count = plane.rows * plane.cols
    const own = split(plane.svg.hasAttribute("data-turned") ? count - 1 - cell : cell, plane.cols)
    return plane.channel === undefined ? own : [plane.channel, ...own]
  }

  valuesOf({ role }) {
    return this.stage.data.planes[role].values
  }

  // What a drag paints.
  brush(place) {
    const values = this.valuesOf(place)
    return brush(values, values[place.cell])
  }

  // Opens the field over a cell that can be edited; says whether it can.
  edits(place, typed = null) {
    const index = this.stage.data && this.indexOf(place)
    if (!index) return false
    this.stage.player.pause()
    this.entry.open(place, { text: String(this.valuesOf(place)[place.cell]), typed, label: words.editing(place.plane.grid, index) })
    return true
  }

  keep({ plane, role }, cells, text) {
    if (!NUMBER.test(text)) return this.stage.refuse(words.notNumber)
    for (const cell of cells) plane.writeCell(cell, Number(text))
    this.stage.fields.edit(plane.grid, cells.map((cell) => `!${this.indexOf({ plane, role, cell }).join(".")}:${text}`).join(""))
  }
}
