// Mouse, pen and finger over the planes: point to inspect, click to choose; a drag paints, scrubs or seeks.

import { RESULTS } from "./steps.js"

const SMALL = 20 // pixels a cell
const NOTCH = 8 // pixels of a drag for one step of a number

// What a brush paints: the brightest value there is, or zero over cells that have it already.
export function brushFor(steps, id, cell) {
  const { values } = steps.scene.grids[steps.locate(id, cell).grid]
  const brightest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 9
  return steps.value(id, cell) === brightest ? 0 : brightest
}

// What a drag that begins on a plane does: data are painted, weights and biases scrubbed, results sought.
export function gestureOn(role) {
  if (RESULTS.includes(role)) return "seek"
  return "xoX".includes(role) ? "paint" : "wbkWFgzu".includes(role) ? "scrub" : null
}

// A number so many notches on; a tenth for each where the step is fine. Sums of tenths are rounded to what was meant.
export function scrubbed(value, notches, isFine) {
  return Number((value + notches * (isFine ? 0.1 : 1)).toPrecision(12))
}

export class Pointer {
  constructor(stage, signal) {
    this.stage = stage
    this.loupe = null // fetched where cells are too small to read
    this.last = null // { plane, id, cell } that is pointed at
    this.drag = null // { plane, id, cell, gesture, … } while a button is down
    const listen = (name, act) => stage.addEventListener(name, (event) => act.call(this, event), { signal })
    listen("pointermove", this.move)
    listen("pointerdown", this.down)
    listen("pointerup", this.up)
    listen("pointercancel", this.cancel)
    listen("pointerleave", this.leave)
    listen("dblclick", this.again)
  }

  at(event) {
    const drawn = event.target.closest?.(".plane[data-plane]")
    const plane = drawn && this.stage.painter.planes.get(drawn.dataset.plane)
    if (!plane || !this.stage.steps) return null
    const cell = plane.cellAt(event.clientX, event.clientY)
    return cell < 0 ? null : { plane, id: plane.id, cell }
  }

  move(event) {
    if (!event.buttons) this.drag = null // the button went up where nobody saw it
    if (this.drag?.gesture) return this[this.drag.gesture](event)
    if (event.pointerType !== "touch") this.point(this.at(event))
  }

  point(place) {
    const isSame = place?.id === this.last?.id && place?.cell === this.last?.cell
    if (isSame) return
    this.last = place
    if (!place) return this.release()
    this.stage.inspect(place.id, place.cell)
    this.magnify(place)
  }

  async magnify(place) {
    if (place.plane.cellSize >= SMALL) return this.loupe?.hide()
    const { Loupe } = await import("./loupe.js")
    this.loupe ??= new Loupe(this.stage)
    if (this.last !== place) return
    this.loupe.show(place.plane, place.cell, (cell) => this.stage.value(place.id, cell))
  }

  // What the stage has in hand for its data, to write with; null where a click chooses and a drag finds its own brush.
  get brush() {
    return this.stage.getAttribute("brush")
  }

  // A finger that drags scrolls, until the data that it would paint have the focus, or there is a brush in its hand.
  down(event) {
    const place = this.at(event)
    if (!place || event.button > 0) return
    const { plane, cell } = place
    const gesture = gestureOn(plane.role[0])
    const isFree = event.pointerType !== "touch" || gesture !== "paint" || this.brush !== null || document.activeElement === plane.svg
    const isPossible = isFree && (gesture === "seek" || this.stage.editing.can(plane, cell))
    this.drag = { ...place, gesture: isPossible ? gesture : null, from: event.clientX, hasMoved: false }
    if (isPossible && event.pointerType !== "touch") event.preventDefault()
    if (isPossible && gesture === "paint" && this.brush !== null) this.paint(event)
  }

  // The page may have drawn the plane again since the drag began.
  get dragged() {
    return this.stage.painter.planes.get(this.drag.id) ?? this.drag.plane
  }

  // The drag goes on where the plane ends; one that is done again, as it came too early, may have ended.
  begin(event) {
    if (this.drag.hasMoved) return
    this.drag.hasMoved = true
    if (event.isTrusted) this.dragged.svg.setPointerCapture(event.pointerId)
  }

  // Without a brush in hand, painting begins where a drag leaves its first cell.
  paint(event) {
    const { drag } = this
    const cell = this.dragged.cellAt(event.clientX, event.clientY)
    if (cell < 0 || (cell === drag.cell && !drag.hasMoved && this.brush === null)) return
    this.begin(event)
    if (!drag.cells) {
      drag.cells = new Set()
      drag.brush = this.brush ?? brushFor(this.stage.steps, drag.id, drag.cell)
      this.dab(drag.cell)
    }
    this.dab(cell)
  }

  dab(cell) {
    const { cells, brush } = this.drag
    if (cells.has(cell)) return
    this.change(cell, brush, cells.size > 0)
    cells.add(cell)
  }

  scrub(event) {
    const { drag } = this
    const notches = Math.trunc((event.clientX - drag.from) / NOTCH)
    if (!notches) return
    const isFirst = !drag.hasMoved
    this.begin(event)
    drag.from += notches * NOTCH
    drag.value = scrubbed(drag.value ?? this.stage.steps.value(drag.id, drag.cell), notches, event.shiftKey)
    this.change(drag.cell, drag.value, !isFirst)
  }

  change(cell, value, dragging) {
    this.stage.editing.change(this.dragged, cell, String(value), { dragging })
  }

  seek(event) {
    const { drag } = this
    const cell = this.dragged.cellAt(event.clientX, event.clientY)
    if (cell < 0 || cell === drag.cell) return
    this.begin(event)
    drag.cell = cell
    this.last = null
    this.stage.seek(this.stage.steps.stepOf(drag.id, cell))
  }

  up(event) {
    const { drag } = this
    this.drag = null
    if (!drag || drag.hasMoved) return
    const place = this.at(event)
    if (place?.id !== drag.id || place.cell !== drag.cell) return
    place.plane.svg.focus({ preventScroll: true })
    this.stage.selection.place(place.plane, place.cell)
    this.click(place, event.pointerType === "touch")
  }

  // A result leads to its step; a number is chosen, for the keys. A finger has none, so it gets a field.
  click({ plane, id, cell }, isTouch) {
    const { stage } = this
    this.last = null
    if (RESULTS.includes(plane.role[0])) stage.seek(stage.steps.stepOf(id, cell))
    else if (isTouch) stage.editing.open(plane, cell)
    else if (!stage.player.playing && stage.steps.leads?.(id, cell, stage.player.step)) stage.seek(stage.steps.stepOf(id, cell))
    this.point({ plane, id, cell })
  }

  again(event) {
    const place = this.at(event)
    if (this.brush !== null && gestureOn(place?.plane.role[0] ?? "y") === "paint") return // it has written twice
    if (place && !RESULTS.includes(place.plane.role[0])) this.stage.editing.open(place.plane, place.cell)
  }

  cancel() {
    this.drag = null
  }

  leave(event) {
    if (event.pointerType !== "touch") this.point(null)
  }

  release() {
    this.loupe?.hide()
    this.stage.letGo()
  }
}
