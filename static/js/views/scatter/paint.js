// The frames of a scatter → the page: a number lifts, multiplies the kernel, and the stamp flies to where it lands.

import { short } from "../../format.js"
import { Painter } from "../../paint.js"
import { element } from "../../plane.js"
import { stampMarkup } from "./equation.js"
import { pipsPath } from "./pips.js"

// The acts of one step, as shares of its time.
const LIFTS = 0.08
const LIFTED = 0.26
const MULTIPLIED = 0.52
const LANDED = 0.86

const MOST_NUMBERS = 64 // more cells than these fly without their numbers

export class ScatterPainter extends Painter {
  refresh() {
    this.lifted = this.root.querySelector(".lifted") ?? this.root.appendChild(makeLifted())
    this.flight = this.root.querySelector("svg.flight") ?? this.root.appendChild(element("svg", { class: "flight", "aria-hidden": "true" }))
    super.refresh()
    this.results = [...this.planes.values()].filter(({ role }) => role === "y")
  }

  measure() {
    super.measure()
    this.flight.setAttribute("viewBox", `0 0 ${this.origin.width} ${this.origin.height}`)
  }

  // The playhead goes through the data, so its planes lead.
  get shown() {
    const { channels, filters } = super.shown
    return { channels, filters: channels, results: filters, isLarge: this.results.some(({ isPicture }) => isPicture) }
  }

  paint(frame, { previous = null, phase = 1, complete = false, settings }) {
    const held = phase < LANDED ? previous : frame
    if (!complete && (held || frame.step === 0)) this.hold(held)
    this.outline(frame, { previous, share: ease(Math.min(phase / LIFTED, 1)) })
    this.multiply(frame, phase)
    this.write(frame, { pending: phase < LANDED, settings })
    this.lift(frame, phase)
    this.fly(frame, phase)
    this.link(frame, phase)
    this.root.classList.toggle("finished", complete)
  }

  // What the result holds after a frame; before the first one, nothing. Who points at something may leave it as it is.
  hold(frame) {
    for (const plane of this.results) {
      if (plane.isPicture) continue
      const fill = frame?.fills.find((each) => each.plane === plane.id)
      if (frame && !fill) continue
      const values = fill?.values ?? plane.cells.map(() => null)
      if (plane.held === values) continue
      plane.held = values
      plane.write(values)
      plane.svg.querySelector(".pips")?.setAttribute("d", fill?.counts ? pipsPath(fill.counts, plane.cols) : "")
    }
  }

  // The outline on the result glides too: the next stamp will land there.
  outline(frame, { previous, share }) {
    super.outline(frame, { previous, share })
    for (const { plane, cells, role } of frame.outlines) {
      const from = role === "output" && previous?.outlines.find((outline) => outline.plane === plane && outline.role === role)?.cells
      if (from) this.planes.get(plane)?.overlay.show(cells, { from, share })
    }
  }

  weightsFor() {
    return null
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

  write(frame, { pending, settings }) {
    const key = JSON.stringify([frame.equation, settings])
    if (this.equation.dataset.key !== key) {
      this.equation.innerHTML = stampMarkup(frame.equation, settings)
      this.equation.dataset.key = key
    }
    this.equation.classList.toggle("pending", pending)
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
  fly(frame, phase) {
    const share = ease((phase - MULTIPLIED) / (LANDED - MULTIPLIED))
    const links = phase > MULTIPLIED && phase < LANDED ? frame.links.filter(({ role }) => role === "output") : []
    this.flight.replaceChildren(...links.flatMap((link) => this.flying(frame, link, share)))
  }

  flying(frame, { start, end }, share) {
    const [from, to] = [this.planes.get(start), this.planes.get(end)]
    if (!from?.isVisible || !to?.isVisible) return []
    const { cells } = frame.outlines.find(({ plane }) => plane === end)
    const values = frame.fills.find(({ plane }) => plane === start).values
    const places = values.flatMap((value, place) => (value === null ? [] : [place]))
    return places.map((place, i) => this.tile(between(from.boxOf(place), to.boxOf(cells[i]), share), values[place], places.length))
  }

  tile({ left, top, right, bottom }, value, count) {
    const { x, y } = this.inside(left, top)
    const [width, height] = [right - left, bottom - top]
    const tile = element("g", {})
    tile.append(element("rect", { x, y, width, height, rx: 2, ...(value < 0 ? { class: "negative" } : {}) }))
    if (count > MOST_NUMBERS) return tile
    const text = element("text", { x: x + width / 2, y: y + height / 2, "font-size": Math.min(height * 0.38, 15) })
    text.textContent = short(value)
    tile.append(text)
    return tile
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

const ease = (share) => share * share * (3 - 2 * share)

const centre = ({ left, right, top, bottom }) => ({ x: (left + right) / 2, y: (top + bottom) / 2 })

// A rectangle on its way from one to another.
function between(from, to, share) {
  return Object.fromEntries(["left", "top", "right", "bottom"].map((side) => [side, from[side] + (to[side] - from[side]) * share]))
}
