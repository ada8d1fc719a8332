// What a reader does with the grids of a board: point, choose, type, paint.

import { CellField } from "../edit.js"
import { Pointer } from "../grid-pointer.js"
import { split } from "../geometry.js"
import { words } from "./words.js"

const NUMBER = /^-?(\d+\/\d+|(\d+\.?\d*|\.\d+)(e-?\d+)?)$/i

export class Hands {
  constructor(stage, signal) {
    this.stage = stage
    this.pointed = null
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

  // What a drag paints: the brightest value there is, or zero over cells that have it already.
  brush(place) {
    const values = this.valuesOf(place)
    const brightest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 9
    return values[place.cell] === brightest ? 0 : brightest
  }

  // Opens the field over a cell that can be edited; says whether it can.
  edits(place, typed = null) {
    const index = this.stage.data && this.indexOf(place)
    if (!index) return false
    this.stage.player.pause()
    this.open(place, { text: String(this.valuesOf(place)[place.cell]), typed, label: words.editing(place.plane.grid, index) })
    return true
  }

  // At once: what is typed next is for the field.
  open({ plane, role, cell }, text) {
    this.field?.finish()
    this.field = new CellField({ keep: (_, typed) => this.keep({ plane, role }, [cell], typed) })
    this.field.open({ plane, cell, ...text })
  }

  keep({ plane, role }, cells, text) {
    if (!NUMBER.test(text)) return this.stage.refuse(words.notNumber)
    for (const cell of cells) plane.writeCell(cell, Number(text))
    this.stage.fields.edit(plane.grid, cells.map((cell) => `!${this.indexOf({ plane, role, cell }).join(".")}:${text}`).join(""))
  }
}
