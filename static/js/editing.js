// Changing a number of the scene: what is typed, painted or scrubbed is shown at once, and dispatched to the page around the stage.

import { CellField, surface } from "./edit.js"
import { exact, short } from "./format.js"
import { indexIn } from "./steps.js"
import { words } from "./words.js"

// The index of an editable cell as an edit writes it, `2.3` or `0.1.2.3`, or null where the cell cannot be edited.
export function editIndex(steps, id, cell) {
  const found = steps.locate(id, cell)
  return found && indexIn(steps, found).join(".")
}

export class Editing {
  constructor(stage) {
    this.stage = stage
    this.field = new CellField({ keep: ({ plane, cell }, text) => this.change(this.stage.painter.planes.get(plane.id), cell, text) })
    this.last = null // the change that was made last: { id, cell, grid, index, text }
  }

  can(plane, cell) {
    return this.stage.canEdit && this.indexOf(plane, cell) !== null && !this.isLocked(plane, cell)
  }

  // A frame may keep grids as they are.
  isLocked(plane, cell) {
    return (this.stage.getAttribute("lock") ?? "").split(" ").includes(this.stage.steps.locate(plane.id, cell).grid)
  }

  indexOf(plane, cell) {
    return editIndex(this.stage.steps, plane.id, cell)
  }

  // The field over a cell; `typed` is what has been typed already, to go on from.
  open(plane, cell, typed = null) {
    if (!this.can(plane, cell)) return
    const { steps } = this.stage
    const { grid } = steps.locate(plane.id, cell)
    const text = exact(steps.value(plane.id, cell)).replace("−", "-")
    this.field.open({ plane, cell, text, typed, label: words.editing(`${grid}[${this.indexOf(plane, cell).replaceAll(".", ", ")}]`) })
  }

  // Why the last change was refused, beside its cell, until something else is done.
  refuse(sentence) {
    const { left, bottom } = this.stage.painter.planes.get(this.last.id).screenBox(this.last.cell)
    const refusal = Object.assign(document.createElement("p"), { className: "cell-refusal", role: "alert", textContent: sentence })
    refusal.style.transform = `translate(${left + scrollX}px, ${bottom + scrollY + 6}px)`
    surface().append(refusal)
    const leaving = new AbortController()
    const leave = () => (leaving.abort(), refusal.remove())
    for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, leave, { signal: leaving.signal, capture: true })
  }

  // `dragging` says that the change goes on from the last one.
  change(plane, cell, text, { dragging = false } = {}) {
    const { stage } = this
    if (!this.can(plane, cell)) return
    const { grid, at } = stage.steps.locate(plane.id, cell)
    this.last = { id: plane.id, cell, grid, index: this.indexOf(plane, cell), text }
    stage.speech.invite(plane.role === "w" ? 4 : 3)
    stage.moment.showAhead()
    this.show(grid, at, Number(text))
    stage.dispatch("conv-edit", { ...this.last, dragging })
  }

  // Wherever the number is drawn it is drawn again, and with the frame it is multiplied; its sums wait for the server, which
  // is asked meanwhile. What is not a plain number, such as 1/9, waits too.
  show(grid, at, value) {
    const { stage } = this
    stage.toggleAttribute("data-stale", true)
    if (!Number.isFinite(value)) return
    stage.numbers.remember()
    stage.steps.scene.grids[grid].values[at] = value
    stage.numbers.write({ results: false })
    stage.numbers.flash()
    requestAnimationFrame(() => stage.change())
  }

  // A page that was asked for before the last changes has come: they are drawn over it.
  redraw({ id, cell, text }) {
    const plane = this.stage.painter.planes.get(id)
    if (plane && Number.isFinite(Number(text))) plane.writeCell(cell, Number(text), short(Number(text)))
  }
}
