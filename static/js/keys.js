// The keyboard on the stage: inside a plane a cell that the arrows move. The player's keys are its transport's.

import { pastedGrid } from "./edit.js"
import { split } from "./geometry.js"
import { RESULTS } from "./steps.js"
import { words } from "./words.js"

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }

export class Keys {
  constructor(stage, signal) {
    this.stage = stage
    document.addEventListener("keydown", (event) => this.key(event), { signal })
    stage.addEventListener("focusin", (event) => this.focus(event), { signal })
    stage.addEventListener("focusout", (event) => this.blur(event), { signal })
    document.addEventListener("paste", (event) => this.paste(event), { signal })
    this.focus({ target: document.activeElement })
  }

  planeOf(target) {
    const drawn = target.closest?.(".plane[data-plane]")
    return drawn && this.stage.contains(drawn) ? this.stage.painter.planes.get(drawn.dataset.plane) : null
  }

  // Keys belong to the stage when the focus is in it, or nowhere.
  isOurs({ target }) {
    return target === document.body || this.stage.contains(target)
  }

  // … but an edit is undone from wherever nothing is typed.
  key(event) {
    if (event.altKey || event.target.closest?.("dialog")) return
    const typing = event.target.matches?.("input:not([type=range]), textarea, select")
    if (typing || !this.stage.steps) return
    const act = event.ctrlKey || event.metaKey ? this.withControl(event) : this.isOurs(event) && this.plain(event)
    if (!act) return
    event.preventDefault()
    act()
  }

  withControl({ key, shiftKey }) {
    const name = { z: shiftKey ? "redo" : "undo", y: "redo" }[key.toLowerCase()]
    return name && (() => this.stage.dispatch(`conv-${name}`))
  }

  plain(event) {
    const plane = this.planeOf(event.target)
    const letGo = event.key === "Escape" && (() => this.stage.letGo())
    return (plane && this.inPlane(plane, event.key)) || letGo
  }

  inPlane(plane, key) {
    const { editing, selection } = this.stage
    const cell = selection.cellOf(plane)
    if (ARROWS[key]) return () => this.walk(plane, cell, ARROWS[key])
    if (key === "Enter" || key === "F2") return () => this.enter(plane, cell)
    if (!editing.can(plane, cell)) return null
    if (/^[-−\d.]$/.test(key)) return () => editing.open(plane, cell, key.replace("−", "-"))
    if (key === "Delete" || key === "Backspace") return () => editing.change(plane, cell, "0")
    return null
  }

  enter(plane, cell) {
    const { editing, player, pointer, steps } = this.stage
    const leads = RESULTS.includes(plane.role[0]) || steps.leads?.(plane.id, cell, player.step)
    if (leads) pointer.click({ plane, id: plane.id, cell }, false)
    else editing.open(plane, cell)
  }

  walk(plane, cell, [down, right]) {
    const [row, col] = split(cell, plane.cols)
    const next = clamp(row + down, plane.rows) * plane.cols + clamp(col + right, plane.cols)
    this.stage.selection.place(plane, next)
    this.stage.pointer.point({ plane, id: plane.id, cell: next })
  }

  focus({ target }) {
    const plane = this.planeOf(target)
    if (!plane || !target.matches(":focus-visible")) return
    const cell = this.stage.selection.cellOf(plane)
    this.stage.selection.place(plane, cell)
    this.stage.pointer.point({ plane, id: plane.id, cell })
  }

  blur({ target }) {
    if (this.planeOf(target)) this.stage.pointer.point(null)
  }

  // A grid may also be pasted into the field over a cell; a single number stays in the field.
  pastedInto(pasted) {
    const isGrid = /[\t\n,;[ ]/.test(pasted.trim())
    const { field, place } = this.stage.editing.field
    return field && document.activeElement === field ? isGrid && place.plane : this.planeOf(document.activeElement)
  }

  // Numbers pasted into a focused plane take the place of its whole grid.
  paste(event) {
    const pasted = event.clipboardData.getData("text/plain")
    const plane = this.pastedInto(pasted)
    if (!plane || !"xwb".includes(plane.role) || !this.stage.editing.can(plane, 0)) return
    event.preventDefault()
    this.stage.editing.field.close()
    const text = pastedGrid(pasted)
    if (text === null) return this.stage.speech.hint(words.notPasted)
    this.stage.dispatch("conv-replace", { grid: plane.grid, text })
  }
}

const clamp = (value, count) => Math.min(Math.max(value, 0), count - 1)
