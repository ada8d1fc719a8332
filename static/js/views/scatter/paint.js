// The frames of a scatter → the page: a number lifts, multiplies the kernel, and the stamp flies to where it lands.

import { short } from "../../format.js"
import { centre, ease, makeFlying, middle, moveTo } from "../../paint.js"
import { FlightPainter } from "../common/flight-painter.js"

// The acts of one step, as shares of its time.
const LIFTS = 0.08
const LIFTED = 0.26
const MULTIPLIED = 0.52
const LANDED = 0.86

export class ScatterPainter extends FlightPainter {
  refresh() {
    super.refresh()
    this.lifted = this.drawing.svg.querySelector(".lifted") ?? this.drawing.svg.appendChild(makeFlying("lifted"))
  }

  // The playhead goes through the data, so its planes lead.
  get shown() {
    const { channels, filters } = super.shown
    return { channels, filters: channels, results: filters, isLarge: this.isLarge }
  }

  paint(frame, { previous = null, phase = 1, complete = false, ahead = false, settings }) {
    const held = phase < LANDED ? previous : frame
    if (!complete && (held || frame.step === 0)) this.hold(held, ahead)
    this.outline(frame, { previous, share: ease(Math.min(phase / LIFTED, 1)) })
    this.multiply(frame, phase)
    this.write(frame, { pending: phase < LANDED, settings })
    this.lift(frame, phase)
    this.fly(frame, (phase - MULTIPLIED) / (LANDED - MULTIPLIED))
    this.link(frame, phase)
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

  // The number leaves its cell for the kernel or, where there is none, for its stamp.
  lift(frame, phase) {
    const data = frame.outlines.find(({ role }) => role === "window")
    const source = this.planes.get(data?.plane)
    const goals = [...frame.outlines.filter(({ role }) => role === "kernel").map(({ plane }) => plane), ...frame.links.map(({ end }) => end)]
    const target = goals.map((id) => this.planes.get(id)).find((plane) => plane?.isVisible)
    const lifts = phase > LIFTS && phase < LIFTED && source?.isVisible && target
    this.lifted.style.display = lifts ? "" : "none"
    if (!lifts) return
    this.lifted.style.fill = `var(--${source.svg.classList[1]})`
    const share = ease((phase - LIFTS) / (LIFTED - LIFTS))
    const [from, to] = [centre(source.boxOf(data.cells[0])), centre(target.box)]
    moveTo(this.lifted, short(frame.equation.y), from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
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

  // From beside the number to its stamp; where that lands, its own flight says.
  curves(frame, { start, end, role }) {
    const [from, to] = [this.planes.get(start), this.planes.get(end)]
    const cells = frame.outlines.find(({ plane }) => plane === start)?.cells
    if (role !== "window" || !from?.isVisible || !to?.isVisible || !cells || to.box.left < from.box.right) return []
    return [this.curve(from.box.right, middle(from.boxOf(cells[0])), to.box.left, middle(to.box), from.overlay.colour)]
  }
}
