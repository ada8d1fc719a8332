// The frames of a scatter → the page: a number lifts, multiplies the kernel, and the stamp flies to where it lands.

import { stampTree } from "../../equation/stamp.js"
import { short } from "../../format.js"
import { centre, ease } from "../../paint.js"
import { FlightPainter } from "../common/flight-painter.js"

// The acts of one step, as shares of its time.
const LIFTS = 0.08
const LIFTED = 0.26
const MULTIPLIED = 0.52
const LANDED = 0.86

export class ScatterPainter extends FlightPainter {
  refresh() {
    this.lifted = this.root.querySelector(".lifted") ?? this.root.appendChild(makeLifted())
    super.refresh()
  }

  // The playhead goes through the data, so its planes lead.
  get shown() {
    const { channels, filters } = super.shown
    return { channels, filters: channels, results: filters, isLarge: this.isLarge }
  }

  paint(frame, { previous = null, phase = 1, complete = false, settings }) {
    const held = phase < LANDED ? previous : frame
    if (!complete && (held || frame.step === 0)) this.hold(held)
    this.outline(frame, { previous, share: ease(Math.min(phase / LIFTED, 1)) })
    this.multiply(frame, phase)
    this.write(frame, { pending: phase < LANDED, settings })
    this.lift(frame, phase)
    this.fly(frame, (phase - MULTIPLIED) / (LANDED - MULTIPLIED))
    this.link(frame, phase)
    this.root.classList.toggle("finished", complete)
  }

  // The stamp's cells light up in reading order.
  multiply(frame, phase) {
    const share = Math.min(Math.max((phase - LIFTED) / (MULTIPLIED - LIFTED), 0), 1)
    for (const [id, plane] of this.planes) {
      if (plane.role !== "p") continue
      const fill = frame.fills.find((fill) => fill.plane === id)
      plane.svg.classList.toggle("idle", !fill)
      if (!fill) continue
      plane.write(fill.values)
      plane.light(phase >= 1 ? Infinity : Math.ceil(share * fill.values.length))
    }
  }

  tree(equation, settings) {
    return stampTree(equation, settings)
  }

  // The number leaves its cell for the kernel or, where there is none, for its stamp.
  lift(frame, phase) {
    const data = frame.outlines.find(({ role }) => role === "window")
    const source = this.planes.get(data?.plane)
    const goals = [...frame.outlines.filter(({ role }) => role === "kernel").map(({ plane }) => plane), ...frame.links.map(({ end }) => end)]
    const target = goals.map((id) => this.planes.get(id)).find((plane) => plane?.isVisible)
    this.lifted.hidden = !(phase > LIFTS && phase < LIFTED && source?.isVisible && target)
    if (this.lifted.hidden) return
    this.lifted.textContent = short(frame.equation.y)
    this.lifted.style.background = `var(--${source.svg.classList[1]})`
    const share = ease((phase - LIFTS) / (LIFTED - LIFTS))
    const [from, to] = [centre(source.boxOf(data.cells[0])), centre(target.box)]
    const { x, y } = this.inside(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
    this.lifted.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`
  }

  // The cells of the stamp leave it, each for the cell of the result on which it lands.
  flights({ links, outlines, fills }) {
    return links.flatMap(({ start, end, role }) => {
      if (role !== "output") return []
      const { cells } = outlines.find(({ plane }) => plane === end)
      const { values } = fills.find(({ plane }) => plane === start)
      const places = values.flatMap((value, place) => (value === null ? [] : [place]))
      return [places.map((place, i) => ({ from: [start, place], to: [end, cells[i]], value: values[place] }))]
    })
  }

  // From the number to its stamp, and from the stamp to where it lands.
  curves(frame, { start, end, role }) {
    const [from, to] = [this.planes.get(start), this.planes.get(end)]
    if (!from?.isVisible || !to?.isVisible) return []
    const box = (plane) => {
      const { cells } = frame.outlines.find((outline) => outline.plane === plane.id) ?? {}
      return cells ? plane.boxOf(cells[0], cells.at(-1)) : plane.box
    }
    const [a, b] = [box(from), box(to)]
    const colour = role === "window" ? from.overlay.colour : to.overlay.colour
    if (this.isLine) return [this.drop((a.left + a.right) / 2, from.box.bottom, (b.left + b.right) / 2, to.box.top, colour, 1.6)]
    return [this.curve(from.box.right, (a.top + a.bottom) / 2, to.box.left, (b.top + b.bottom) / 2, colour, 1.6)]
  }
}

function makeLifted() {
  const lifted = document.createElement("div")
  lifted.className = "lifted"
  lifted.hidden = true
  lifted.setAttribute("aria-hidden", "true")
  return lifted
}
