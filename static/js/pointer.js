// Mouse, pen and finger over the planes: point to inspect, click or tap again to edit, drag to paint.

import { exact } from "./format.js"
import { indexIn } from "./steps.js"
import { words } from "./words.js"

const SMALL = 20 // pixels a cell

// The index of an editable cell as an edit writes it, `2.3` or `0.1.2.3`, or null where the cell cannot be edited.
export function editIndex(steps, id, cell) {
  const found = steps.locate(id, cell)
  return found && indexIn(steps, found).join(".")
}

// What a brush paints: the brightest value there is, or zero over cells that have it already.
export function brushFor(steps, id, cell) {
  const { values } = steps.scene.grids[steps.locate(id, cell).grid]
  const brightest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 9
  return steps.value(id, cell) === brightest ? 0 : brightest
}

export class Pointer {
  constructor(stage, signal) {
    this.stage = stage
    this.loupe = null // fetched where cells are too small to read
    this.last = null // { id, cell } that is pointed at
    this.drag = null // { id, brush, cells, moved } while a button is down
    this.coming = null // the field over a cell, while it is fetched
    const listen = (name, act) => stage.addEventListener(name, (event) => act.call(this, event), { signal })
    listen("pointermove", this.move)
    listen("pointerdown", this.down)
    listen("pointerup", this.up)
    listen("pointercancel", this.cancel)
    listen("pointerleave", this.leave)
  }

  at(event) {
    const svg = event.target.closest?.(".plane")
    const plane = svg && this.stage.painter.planes.get(svg.dataset.plane)
    if (!plane || !this.stage.steps) return null
    const cell = plane.cellAt(event.clientX, event.clientY)
    return cell < 0 ? null : { plane, id: plane.id, cell }
  }

  move(event) {
    const place = this.at(event)
    if (this.drag) return place && this.paint(place)
    if (event.pointerType === "touch") return
    this.point(place)
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

  down(event) {
    const place = this.at(event)
    if (!place || event.button > 0) return
    const { plane, id, cell } = place
    const wasHere = this.last?.id === id && this.last?.cell === cell
    const canPaint = "xw".includes(plane.role) && this.indexOf(plane, cell) !== null && this.stage.canEdit
    const isFocused = document.activeElement === plane.svg
    if (event.pointerType === "touch" && !isFocused) this.drag = { ...place, canPaint: false, tapped: wasHere }
    else this.drag = { ...place, canPaint, tapped: event.pointerType === "touch" ? wasHere : true }
    this.drag.cells = new Set()
    if (canPaint && event.pointerType !== "touch") event.preventDefault()
  }

  paint({ id, cell, plane }) {
    const { drag } = this
    if (!drag.canPaint || id !== drag.id || (cell === drag.cell && !drag.cells.size)) return
    if (!drag.cells.size) {
      this.stage.touch()
      drag.brush = brushFor(this.stage.steps, id, drag.cell)
      this.dab(plane, drag.cell)
    }
    this.dab(plane, cell)
  }

  dab(plane, cell) {
    const { drag } = this
    if (drag.cells.has(cell)) return
    this.stage.edit(plane, cell, String(drag.brush), { dragging: drag.cells.size > 0 })
    drag.cells.add(cell)
  }

  up(event) {
    const { drag } = this
    this.drag = null
    if (!drag || drag.cells.size) return
    const place = this.at(event)
    if (place?.id !== drag.id || place.cell !== drag.cell) return
    drag.plane.svg.focus({ preventScroll: true })
    this.stage.keys.place(drag.plane, drag.cell)
    this.click(place, drag.tapped)
  }

  async click({ plane, id, cell }, mayEdit) {
    const { stage } = this
    if ("yaY".includes(plane.role) || stage.steps.leads?.(id, cell, stage.player.step)) {
      stage.seek(stage.steps.stepOf(id, cell))
    } else if (mayEdit && stage.canEdit) {
      await this.open(plane, cell)
    } else {
      this.last = null
    }
    this.point({ plane, id, cell })
  }

  // The field over a cell, where the cell can be edited.
  async open(plane, cell, typed = null) {
    const { stage } = this
    if (!stage.canEdit || this.indexOf(plane, cell) === null) return
    stage.touch()
    stage.player.pause()
    const text = exact(stage.steps.value(plane.id, cell)).replace("−", "-")
    const { grid } = stage.steps.locate(plane.id, cell)
    const label = words.editing(`${grid}[${this.indexOf(plane, cell).replaceAll(".", ", ")}]`)
    this.coming = stage.cellField()
    try {
      const field = await this.coming
      field.open({ plane, cell, text, typed, label })
    } finally {
      this.coming = null
    }
  }

  indexOf(plane, cell) {
    return editIndex(this.stage.steps, plane.id, cell)
  }

  cancel() {
    this.drag = null
  }

  leave(event) {
    this.drag = null
    if (event.pointerType !== "touch") this.point(null)
  }

  release() {
    this.loupe?.hide()
    this.stage.letGo()
  }
}
