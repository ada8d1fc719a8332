// One moment of a board on the page. Knows planes and what a moment says of them, and computes nothing.

import { Drawing } from "../drawing.js"
import { setText } from "../format.js"
import { split } from "../geometry.js"
import { CELL, Plane, element } from "../plane.js"
import { middle, way } from "./way.js"

// Shares of a step's time: the window glides, the numbers are read, and what they come to is there.
const GLIDED = 0.25
const LANDED = 0.75

const ease = (share) => share * share * (3 - 2 * share)
const between = (from, to, share) => from + (to - from) * share

export class Board {
  constructor(root) {
    this.root = root
    this.drawing = new Drawing(root.querySelector("svg.drawing"))
    this.planes = new Map(this.drawing.sheets.map(({ plane }) => [plane.dataset.plane, named(new Plane(plane))]))
    this.groups = new Map(this.drawing.sheets.map(({ group, plane }) => [plane.dataset.plane, group]))
    this.lines = root.querySelector("[data-lines]")
    this.landing = this.drawing.svg.appendChild(element("g", { class: "landings", "aria-hidden": "true" }))
    this.measure()
  }

  plane(svg) {
    return this.planes.get(svg.dataset.plane)
  }

  // Cells too small for their numbers are drawn as colours, once what draws them is there.
  async measure() {
    this.drawing.fit(this.planes)
    if (![...this.planes.values()].some(({ isColour, colours }) => isColour && !colours)) return
    await import("../colours.js")
    this.root.render()
  }

  // Whether these planes are the ones that are drawn, as large as they are.
  fits(planes) {
    const isSame = ([id, { shape }]) => this.planes.get(id)?.rows === shape[0] && this.planes.get(id).cols === shape[1]
    return Object.keys(planes).length === this.planes.size && Object.entries(planes).every(isSame)
  }

  take({ planes, ways }) {
    this.ways = ways
    for (const [id, { values, scale, title, sign, differs }] of Object.entries(planes)) {
      const plane = this.planes.get(id)
      plane.rescale(scale)
      if (plane.isPicture) plane.redraw(values)
      else plane.write(values)
      setText(this.groups.get(id).querySelector(".title"), title)
      setText(plane.svg.querySelector(".sign"), sign)
      this.mark(plane, differs)
    }
  }

  // A corner on every cell that differs.
  mark(plane, cells) {
    const drawn = plane.svg.querySelector(".differs") ?? plane.svg.appendChild(element("path", { class: "differs", fill: "var(--ink)" }))
    const corner = (cell) => {
      const [row, col] = split(cell, plane.cols)
      return `M${(col + 1) * CELL} ${row * CELL}v12l-12-12z`
    }
    drawn.setAttribute("d", cells.map(corner).join(""))
  }

  show(moment, { previous = null, phase = 1, isWhole = false }) {
    const isPending = phase < LANDED && !isWhole
    const share = ease(Math.min(phase / GLIDED, 1))
    for (const [id, plane] of this.planes) {
      const cells = moment.lit[id] ?? []
      plane.reveal(isWhole || !(id in moment.shown) ? Infinity : moment.shown[id] - (isPending && !(id in moment.slides) ? gained(moment, previous, id) : 0))
      plane.overlay.show(cells, { from: previous?.lit[id], share })
    }
    this.slide(moment, phase)
    this.fly(moment, phase)
    this.draw()
    this.write(moment.lines)
  }

  // Planes that come from the places of others.
  slide({ slides }, phase) {
    const share = ease(Math.min(phase / LANDED, 1))
    for (const [id, group] of this.groups) {
      const from = share < 1 && this.planes.get(slides[id])?.at
      const to = this.planes.get(id).at
      group.style.transform = from ? `translate(${between(from.x, to.x, share)}px, ${between(from.y, to.y, share)}px)` : ""
    }
  }

  // Numbers on their way from cell to cell.
  fly({ flights }, phase) {
    const share = phase < LANDED ? ease(Math.max((phase - GLIDED) / (LANDED - GLIDED), 0)) : 1
    const isFlying = phase >= GLIDED && share < 1
    this.landing.replaceChildren(...(isFlying ? flights.filter(({ start, end }) => this.sees(start[0], end[0])).map((flight) => this.landed(flight, share)) : []))
  }

  landed({ start, end, text }, share) {
    const [from, to] = [start, end].map(([id, cell]) => middle(this.planes.get(id).boxOf(cell)))
    const made = element("g", { class: "landing", transform: `translate(${between(from.x, to.x, share)} ${between(from.y, to.y, share)})` })
    const width = 16 + 10 * text.length
    made.append(
      element("rect", { x: -width / 2, y: -13, width, height: 26, rx: 13 }),
      element("text", { y: 6, "text-anchor": "middle", "font-size": 17, "font-weight": 700 }),
    )
    made.lastElementChild.textContent = text
    return made
  }

  // The arrows between planes, wherever they stand now.
  draw() {
    if (this.drawnIn === this.drawing.state) return
    this.drawnIn = this.drawing.state
    const arrows = this.ways.filter((each) => this.sees(each.start, each.end) && ["", this.drawing.layout].includes(each.box))
    this.drawing.links.replaceChildren(...arrows.map(({ start, end, around }) => way(this.planes.get(start).box, this.planes.get(end).box, around)))
  }

  sees(...ids) {
    return ids.every((id) => this.planes.get(id).isVisible)
  }

  write(lines) {
    if (lines === this.written) return
    this.written = lines
    this.lines.replaceChildren(...lines.map(paragraph))
  }

  get spoken() {
    return (this.written ?? []).map((line) => line.map(([text]) => text).join("")).join(" ")
  }
}

// A plane of a board is known by its whole name: several may hold parts of one grid.
function named(plane) {
  const channel = plane.id.split(".")[1]
  if (channel !== undefined) plane.channel = Number(channel)
  plane.role = plane.id
  return plane
}

// How many cells of a plane this moment adds to the one before it.
function gained(moment, previous, id) {
  return Math.max(moment.shown[id] - (previous?.shown[id] ?? 0), 0)
}

function paragraph(line) {
  const made = document.createElement("p")
  made.append(
    ...line.map(([text, role]) => {
      if (!role) return text
      const part = document.createElement("b")
      part.className = role
      part.textContent = text
      return part
    }),
  )
  return made
}
