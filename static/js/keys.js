// The keyboard on the stage: inside a plane a cell that the arrows move. The player's keys are its transport's.

import { split } from "./geometry.js"
import { words } from "./words.js"

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }

export class Keys {
  constructor(stage, signal) {
    this.stage = stage
    this.cells = new Map() // plane id → the cell that the arrows have reached
    document.addEventListener("keydown", (event) => this.key(event), { signal })
    stage.addEventListener("focusin", (event) => this.focus(event), { signal })
    stage.addEventListener("focusout", (event) => this.blur(event), { signal })
    document.addEventListener("paste", (event) => this.paste(event), { signal })
  }

  planeOf(target) {
    const svg = target.closest?.(".plane")
    return svg && this.stage.contains(svg) ? this.stage.painter.planes.get(svg.dataset.plane) : null
  }

  // Keys belong to the stage when the focus is in it, or nowhere.
  isOurs({ target }) {
    return target === document.body || this.stage.contains(target)
  }

  key(event) {
    if (!this.isOurs(event) || event.altKey || event.target.closest?.("dialog")) return
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() !== "z") return
    const typing = event.target.matches?.("input:not([type=range]), textarea, select")
    if (typing) return
    const plane = this.planeOf(event.target)
    const { coming } = this.stage.pointer
    if (coming) {
      event.preventDefault()
      return coming.then((field) => field.late(event))
    }
    const act = (plane && this.inPlane(plane, event)) || this.onStage(event)
    if (!act) return
    event.preventDefault()
    act()
  }

  onStage({ key, ctrlKey, metaKey }) {
    const { stage } = this
    if (!stage.steps) return null
    if (key.toLowerCase() === "z" && (ctrlKey || metaKey)) return () => stage.tell("conv-undo")
    return key === "Escape" ? () => stage.letGo() : null
  }

  inPlane(plane, { key, ctrlKey, metaKey }) {
    const { stage } = this
    const cell = this.cells.get(plane.id) ?? 0
    if (ARROWS[key]) return () => this.walk(plane, cell, ARROWS[key])
    if (key === "Enter" || key === "F2") return () => stage.pointer.click({ plane, id: plane.id, cell }, true)
    if (/^[-−\d.]$/.test(key) && !ctrlKey && !metaKey) return () => stage.pointer.open(plane, cell, key.replace("−", "-"))
    if (key === "Delete" || key === "Backspace") return () => stage.canEdit && stage.edit(plane, cell, "0")
    return null
  }

  walk(plane, cell, [down, right]) {
    const [row, col] = split(cell, plane.cols)
    const next = [clamp(row + down, plane.rows), clamp(col + right, plane.cols)]
    this.place(plane, next[0] * plane.cols + next[1])
    this.stage.pointer.point({ plane, id: plane.id, cell: this.cells.get(plane.id) })
  }

  // Remembers the cell, and announces it to assistive technology.
  place(plane, cell) {
    this.cells.set(plane.id, cell)
    const drawn = plane.cells[cell]
    if (!drawn) return
    drawn.id ||= `${plane.id.replaceAll(".", "-")}-${cell}`
    plane.svg.setAttribute("aria-activedescendant", drawn.id)
  }

  focus({ target }) {
    const plane = this.planeOf(target)
    if (plane && this.stage.canEdit) this.stage.cellField()
    if (!plane || !target.matches(":focus-visible")) return
    const cell = this.cells.get(plane.id) ?? 0
    this.place(plane, cell)
    this.stage.pointer.point({ plane, id: plane.id, cell })
  }

  blur({ target }) {
    if (this.planeOf(target)) this.stage.pointer.point(null)
  }

  // A grid may also be pasted into the field over a cell; a single number stays in the field.
  pastedInto(pasted) {
    const isGrid = /[\t\n,;[ ]/.test(pasted.trim())
    const { field, place } = this.stage.field ?? {}
    return field && document.activeElement === field ? isGrid && place.plane : this.planeOf(document.activeElement)
  }

  // Numbers pasted into a focused plane take the place of its whole grid.
  async paste(event) {
    const pasted = event.clipboardData.getData("text/plain")
    const plane = this.pastedInto(pasted)
    if (!plane || !"xwb".includes(plane.role) || !this.stage.canEdit) return
    event.preventDefault()
    this.stage.field?.close()
    const { pastedGrid } = await import("./edit.js")
    const text = pastedGrid(pasted)
    if (text === null) return this.stage.hint(words.notPasted)
    this.stage.tell("conv-replace", { grid: plane.grid, text })
  }
}

const clamp = (value, count) => Math.min(Math.max(value, 0), count - 1)
