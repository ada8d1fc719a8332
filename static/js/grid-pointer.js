// Mouse, finger and keyboard over grids that stand on a page of their own: a lesson, a board.

import { split } from "./geometry.js"

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }

export class Pointer {
  constructor(stage, signal) {
    this.stage = stage
    this.cells = new Map() // role → the cell that the arrows have reached
    this.drag = null // while a button is down on a cell that can be edited
    const listen = (name, act) => stage.addEventListener(name, act, { signal })
    listen("pointermove", (event) => this.move(event))
    listen("pointerleave", (event) => event.pointerType !== "touch" && stage.point(null)) // a lifted finger leaves too
    listen("pointerdown", (event) => this.down(event))
    listen("pointercancel", () => (this.drag = null))
    addEventListener("pointerup", () => this.up(), { signal })
    listen("focusin", ({ target }) => target.matches(".plane:focus-visible") && stage.point(this.focused(target)))
    listen("focusout", ({ target }) => target.matches(".plane") && stage.point(null))
    document.addEventListener("keydown", (event) => this.key(event), { signal })
  }

  at({ target, clientX, clientY }) {
    const svg = target.closest?.(".plane")
    if (!svg || !this.stage.sheet) return null
    const plane = this.stage.sheet.plane(svg)
    const cell = plane.cellAt(clientX, clientY)
    return cell < 0 ? null : { plane, role: plane.role, cell }
  }

  move(event) {
    const place = this.at(event)
    if (this.drag) this.paint(place)
    else if (event.pointerType !== "touch") this.stage.point(place)
  }

  // What happens to a cell that can be edited is known when the button goes up: a click types, a drag paints.
  down(event) {
    const place = this.at(event)
    if (!place || event.button > 0) return
    const isTouch = event.pointerType === "touch"
    const wasHere = this.stage.pointed?.role === place.role && this.stage.pointed.cell === place.cell
    this.cells.set(place.role, place.cell)
    this.stage.point(place)
    this.stage.choose(place)
    if (!this.stage.indexOf(place)) return
    this.drag = { ...place, painted: new Set(), brush: this.stage.brush(place), types: !isTouch || wasHere, paints: !isTouch }
    if (!isTouch) event.preventDefault()
  }

  paint(place) {
    const { role, cell, brush, painted, paints } = this.drag
    if (!paints || place?.role !== role || (place.cell === cell && !painted.size)) return
    for (const each of [cell, place.cell]) {
      if (painted.has(each) || !this.stage.indexOf({ ...place, cell: each })) continue
      painted.add(each)
      place.plane.writeCell(each, brush)
    }
  }

  up() {
    const { drag } = this
    this.drag = null
    if (drag?.painted.size) this.stage.keep(drag, [...drag.painted], String(drag.brush))
    else if (drag?.types) this.stage.edits(drag)
  }

  focused(svg) {
    const plane = this.stage.sheet?.plane(svg)
    return plane ? { plane, role: plane.role, cell: this.cells.get(plane.role) ?? 0 } : null
  }

  key(event) {
    const { target, key, altKey, ctrlKey, metaKey } = event
    const isOurs = target === document.body || this.stage.contains(target)
    if (!isOurs || altKey || ctrlKey || metaKey || target.matches?.("input:not([type=range]), textarea")) return
    const svg = target.closest?.(".plane")
    const act = key === "Escape" ? () => this.stage.point(null) : svg && this.inPlane(this.focused(svg), key)
    if (!act) return
    event.preventDefault()
    act()
  }

  inPlane(place, key) {
    if (!place) return null
    if (ARROWS[key]) return () => this.walk(place, ARROWS[key])
    if (key === "Enter") return () => (this.stage.choose(place), this.stage.edits(place))
    if (/^[-−\d.]$/.test(key)) return () => this.stage.edits(place, key.replace("−", "-"))
    return null
  }

  walk({ plane, role, cell }, [down, right]) {
    const [row, col] = split(cell, plane.cols)
    const clamp = (value, count) => Math.min(Math.max(value, 0), count - 1)
    const next = clamp(row + down, plane.rows) * plane.cols + clamp(col + right, plane.cols)
    this.cells.set(role, next)
    const drawn = plane.cells[next]
    if (drawn) {
      drawn.id ||= `${role}-${next}`
      plane.svg.setAttribute("aria-activedescendant", drawn.id)
    }
    this.stage.point({ plane, role, cell: next })
  }
}
