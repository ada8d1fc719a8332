// The frames of connections → the page: the lines of a step are lit, those of later ones are still pale.

import { Painter } from "../../paint.js"
import { words } from "./words.js"

const pointed = new WeakSet() // stages whose lines can be pointed at: painters come and go

export class ConnectionsPainter extends Painter {
  constructor(root) {
    super(root)
    if (pointed.has(root)) return
    pointed.add(root)
    for (const name of ["pointermove", "pointerdown", "pointerleave"]) root.addEventListener(name, (event) => pointAt(root, event))
  }

  refresh() {
    super.refresh()
    this.edges = [...this.root.querySelectorAll(".edge")]
    this.soFar = this.root.querySelector("[data-so-far]")
  }

  weightsFor() {
    return null
  }

  paint(frame, moment) {
    super.paint(frame, moment)
    const lit = new Set(frame.outlines.find(({ plane }) => plane === "e.0")?.cells)
    const outputs = this.planes.get(frame.fills[0]?.plane)
    const shown = moment.complete ? Infinity : (frame.fills[0]?.shown ?? Infinity)
    const drawn = this.edges[0] ? Math.max(...[...this.planes.values()].filter(({ role }) => role === "x").map(({ cols }) => cols)) : 1
    let count = 0
    const taps = new Set()
    for (const edge of this.edges) {
      const number = Number(edge.dataset.edge)
      const isShown = Math.floor(number / drawn) < shown
      edge.classList.toggle("lit", lit.has(number))
      edge.classList.toggle("waiting", !isShown)
      if (isShown) taps.add(edge.dataset.tap ?? number)
      count += isShown
    }
    if (this.soFar) this.soFar.textContent = outputs && count < this.edges.length ? words.soFar(count, taps.size) : ""
  }
}

// A line is pointed at as a cell is.
function pointAt(stage, event) {
  const number = event.target.closest?.(".edge")?.dataset.edge
  if (number === stage.pointedEdge) return
  stage.pointedEdge = number
  if (number !== undefined) stage.inspect("e.0", Number(number))
  else if (!stage.pointer?.last) stage.letGo()
}
