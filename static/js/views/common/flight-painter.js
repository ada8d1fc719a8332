// Frames whose numbers fly from plane to plane → the page: what the results hold so far, and the tiles in flight.

import { short } from "../../format.js"
import { Painter, ease } from "../../paint.js"
import { CELL, element, fontSize } from "../../plane.js"
import { pipsPath } from "./pips.js"

const MOST_NUMBERS = 64 // more cells than these fly without their numbers

export class FlightPainter extends Painter {
  refresh() {
    super.refresh()
    this.flight = this.drawing.svg.querySelector(".flight") ?? this.drawing.svg.appendChild(element("g", { class: "flight", "aria-hidden": "true" }))
    this.results = [...this.planes.values()].filter(({ role }) => role === "y")
  }

  get isLarge() {
    return this.results.some(({ isPicture }) => isPicture)
  }

  // What the results hold after a frame; before the first one, nothing. Who points at something may leave it as it is.
  // Where what lies `ahead` is seen, they show what they will hold in the end, filled once it is there.
  hold(frame, ahead) {
    for (const plane of this.results) {
      const fill = frame?.fills.find((each) => each.plane === plane.id)
      if (plane.isPicture || (frame && !fill)) continue
      const held = fill ?? (plane.empty ??= { values: plane.cells.map(() => null), counts: plane.cells.map(() => 0) })
      if (plane.held === held && plane.ahead === ahead) continue
      Object.assign(plane, { held, ahead })
      const final = ahead ? this.root.steps.ahead(plane.id, held) : null
      plane.write(final?.values ?? held.values)
      plane.cells.forEach((cell, i) => cell.classList.toggle("unseen", final !== null && !final.isDone[i]))
      plane.svg.querySelector(".pips")?.setAttribute("d", fill?.counts ? pipsPath(fill.counts, plane.cols) : "")
    }
  }

  // The outline on the result glides too: the next numbers will land there.
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

  // Each number leaves its cell for another: `flights(frame)` are lists of { from: [plane, cell], to, value }.
  fly(frame, share) {
    const flies = share > 0 && share < 1
    this.flight.replaceChildren(...(flies ? this.flights(frame).flatMap((flock) => this.tiles(flock, ease(share))) : []))
  }

  tiles(flock, share) {
    return flock.flatMap(({ from: [start, cell], to: [end, goal], value }) => {
      const [from, to] = [this.planes.get(start), this.planes.get(end)]
      if (!from?.isVisible || !to?.isVisible) return []
      const saysNumber = flock.length <= MOST_NUMBERS && !from.isColour && !to.isColour
      return [this.tile(between(from.boxOf(cell), to.boxOf(goal), share), value, saysNumber)]
    })
  }

  tile({ left, top, right, bottom }, value, saysNumber) {
    const [x, y, width, height] = [left, top, right - left, bottom - top]
    const tile = element("g", {})
    tile.append(element("rect", { x, y, width, height, rx: 2, ...(value < 0 ? { class: "negative" } : {}) }))
    if (!saysNumber) return tile
    const number = short(value)
    const text = element("text", { x: x + width / 2, y: y + height / 2, "font-size": (fontSize(number) / CELL) * Math.min(width, height) })
    text.textContent = number
    tile.append(text)
    return tile
  }
}

// A rectangle on its way from one to another.
function between(from, to, share) {
  return Object.fromEntries(["left", "top", "right", "bottom"].map((side) => [side, from[side] + (to[side] - from[side]) * share]))
}
