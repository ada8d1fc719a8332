// One plane on the page: what app/painters/svg.py has drawn, brought to life.

import { short } from "./format.js"
import { split } from "./geometry.js"

export const CELL = 40
const FONT = [18, 18, 18, 16, 14, 12, 10, 8.5] // units of the letters of a number of so many
const WEIGHT = 12 // units of a weight that is written into a cell
const WIDEST_WEIGHT = 66 // … times its characters, with which it still fits
const SVG = "http://www.w3.org/2000/svg"

export class Plane {
  constructor(svg) {
    this.svg = svg
    this.id = svg.dataset.plane
    this.role = this.id.split(".")[0] // x data, w weights, p products, y result, b bias, a activation
    this.grid = svg.dataset.grid ?? this.role // the field that holds it
    this.rows = Number(svg.dataset.rows)
    this.cols = Number(svg.dataset.cols)
    this.scale = Number(svg.dataset.scale)
    this.isPicture = svg.hasAttribute("data-picture")
    this.cells = this.isPicture ? [] : [...svg.querySelectorAll(".cells > g > g")]
    svg.querySelector(".mist")?.remove()
    this.overlay = new Overlay(svg)
    this.crowned = null // the server may have crowned a cell
  }

  // Where the plane lies in its drawing, in the drawing's units; a plane that stands alone has its own.
  get at() {
    const number = (element, pattern) => element?.getAttribute("transform")?.match(pattern)?.slice(1).map(Number)
    const [x, y] = number(this.svg.parentNode, /translate\(([-\d.e]+) ([-\d.e]+)\)/) ?? [0, 0]
    return { x, y, scale: number(this.svg, /scale\(([-\d.e]+)\)/)?.[0] ?? 1 }
  }

  get isVisible() {
    return !this.svg.closest(".away")
  }

  // From the plane's units to pixels of the window.
  get screen() {
    return this.svg.getScreenCTM()
  }

  // The size of a cell in pixels.
  get cellSize() {
    return CELL * (this.screen?.a ?? 0)
  }

  get box() {
    return this.boxOf(0, this.rows * this.cols - 1)
  }

  // The rectangle from one cell to another, in units of the drawing.
  boxOf(first, last = first) {
    const { x, y, scale } = this.at
    return this.corners(first, last, CELL * scale, x, y)
  }

  // The same in pixels of the window.
  screenBox(first, last = first) {
    const { a, e, f } = this.screen
    return this.corners(first, last, CELL * a, e, f)
  }

  corners(first, last, size, x, y) {
    const [row, col] = split(first, this.cols)
    const [lastRow, lastCol] = split(last, this.cols)
    return { left: x + col * size, top: y + row * size, right: x + (lastCol + 1) * size, bottom: y + (lastRow + 1) * size }
  }

  // The cell at a point of the window, or −1.
  cellAt(x, y) {
    const { a, e, f } = this.screen
    const [col, row] = [Math.floor((x - e) / (CELL * a)), Math.floor((y - f) / (CELL * a))]
    const inside = row >= 0 && col >= 0 && row < this.rows && col < this.cols
    return inside ? row * this.cols + col : -1
  }

  // Numbers and words that would be smaller than `least` pixels are not shown: then the colour speaks.
  fit(scale, least) {
    this.unit = scale * this.at.scale
    const smallest = Math.min(...this.cells.map((cell) => Number(cell.lastElementChild.getAttribute("font-size"))))
    this.showColours(smallest * this.unit < least)
    this.overlay.weights.classList.toggle("too-small", WEIGHT * this.unit < least)
    for (const word of this.svg.querySelectorAll(".mark text, .subtotal")) {
      const size = Number(word.closest("[font-size]")?.getAttribute("font-size"))
      word.classList.toggle("too-small", size * this.unit < least)
    }
  }

  // Cells without numbers are one image: it is drawn of the cells, which stay as they are.
  async showColours(isColour) {
    if (isColour === this.isColour || this.isPicture) return
    this.isColour = isColour
    this.svg.classList.toggle("colour-only", isColour)
    this.svg.setAttribute("role", isColour ? "img" : "grid")
    this.revealed = this.shown = this.lit = undefined
    this.crowned = null
    if (!isColour) return this.colours?.hide()
    const { Colours } = await import("./colours.js")
    this.colours ??= new Colours(this)
    this.colours.show()
  }

  // The first `count` cells are to be seen.
  reveal(count) {
    if (this.isPicture) return this.clip(this.svg.querySelector(".picture"), count)
    this.part("unseen", "shown", count)
  }

  clip(image, count) {
    if (count === this.revealed) return
    this.revealed = count
    const [rows, cols] = split(count, this.cols)
    const [width, height] = [this.cols * CELL, rows * CELL]
    const region = `M0 0H${width}V${height}H${cols * CELL}V${height + (cols ? CELL : 0)}H0Z`
    const isPart = count < this.rows * this.cols
    image.style.clipPath = isPart ? `path("${region}")` : ""
    this.mist ??= element("path", { class: "mist", fill: "var(--paper)", "fill-opacity": 0.6, "fill-rule": "evenodd" })
    if (!this.mist.isConnected) image.after(this.mist)
    this.mist.setAttribute("d", isPart ? `M0 0H${width}V${this.rows * CELL}H0Z${region}` : "")
  }

  // Of the plane's own cells, the first `count` are lit, as a share of the whole.
  light(count) {
    this.part("unlit", "lit", count)
  }

  // Of the cells, or of the image that stands for them, the first `count` are as they are, and the others are not yet.
  part(name, memory, count) {
    if (this.isColour) return this.colours && this.clip(this.colours.image, count)
    this.turn(name, memory, count)
  }

  // The first `count` cells lose a class that the others have. Most frames change few of them, or none.
  turn(name, memory, count) {
    const [before, after] = [this[memory], Math.min(count, this.cells.length)]
    if (before === after) return
    const [from, to] = before === undefined ? [0, this.cells.length] : [Math.min(before, after), Math.max(before, after)]
    for (let i = from; i < to; i++) this.cells[i].classList.toggle(name, i >= after)
    this[memory] = after
  }

  write(values) {
    if (values === this.written) return
    this.written = values
    values.forEach((value, i) => this.writeCell(i, value))
  }

  // What a picture shows; what draws it is fetched where there is one.
  async redraw(values) {
    if (values === this.values) return
    this.values = values
    const { pictureOf } = await import("./picture.js")
    if (values === this.values) this.svg.querySelector(".picture").setAttribute("href", pictureOf(this, values))
  }

  // A ring around the cell that wins its window.
  crown(index) {
    if (index === this.crowned) return
    this.crowned = index
    this.svg.querySelectorAll(".crown").forEach((old) => old.remove())
    if (index === undefined) return
    const [row, col] = split(index, this.cols)
    const size = CELL - 6
    const [x, y] = [col * CELL + 3, row * CELL + 3]
    const cells = (this.isColour ? null : this.svg.querySelector(".cells")) ?? this.svg // it shrinks with them
    cells.append(element("rect", { class: "crown", x, y, width: size, height: size, rx: 17, fill: "none", stroke: "var(--output)", "stroke-width": 4 }))
  }

  // The colours end at another number, once the cells are written again.
  rescale(scale) {
    if (scale === this.scale) return
    this.scale = scale
    this.svg.dataset.scale = scale // for whoever reads this plane after us
    this.written = undefined
    for (const cell of this.cells) delete cell.dataset.value
  }

  writeCell(index, value, text = value === null ? "" : short(value)) {
    const cell = this.cells[index]
    if (!cell || (cell.lastElementChild.textContent === text && cell.dataset.value === String(value))) return
    cell.dataset.value = value
    const [box, label] = [cell.firstElementChild, cell.lastElementChild]
    label.textContent = text
    label.setAttribute("font-size", fontSize(text))
    box.setAttribute("fill-opacity", opacity(value, this.scale))
    box.toggleAttribute("fill", value < 0)
    if (value < 0) box.setAttribute("fill", "var(--negative)")
    this.hatch(cell, index, value < 0 && value > -Infinity)
    this.colours?.change()
  }

  hatch(cell, index, isNegative) {
    const drawn = cell.querySelector(".hatch")
    if (!isNegative) drawn?.remove()
    else if (!drawn) {
      const x = (index % this.cols) * CELL
      const d = `M${x} 20l20-20M${x} 40l40-40M${x + 20} 40l20-20`
      cell.insertBefore(element("path", { class: "hatch", d, stroke: "var(--negative)", "stroke-opacity": ".35" }), cell.lastElementChild)
    }
  }

  textOf(index) {
    return this.cells[index]?.lastElementChild.textContent ?? ""
  }
}

// What is outlined on a plane: a veil with holes, the taps, and a box around them. It can lie between two places.
class Overlay {
  constructor(svg) {
    svg.querySelectorAll(".overlay").forEach((old) => old.remove())
    const { plane: id, rows, cols } = svg.dataset
    const space = svg.classList[1]
    this.cols = Number(cols)
    this.whole = `M0 0H${this.cols * CELL}V${rows * CELL}H0Z`
    this.colour = space === "input" ? "var(--tap)" : `var(--${space})`
    this.group = element("g", { class: "overlay" })
    this.veil = element("path", { class: "veil", fill: "var(--paper)", "fill-opacity": ".3", "fill-rule": "evenodd" })
    this.taps = element("path", { class: "taps", fill: "none", stroke: this.colour, "stroke-width": "2" })
    this.frame = element("rect", { rx: "3", fill: "none", stroke: this.colour, "stroke-width": "4" })
    this.weights = element("g", { class: "weights" })
    this.moving = element("g", {})
    this.moving.append(this.taps, this.frame, this.weights)
    this.group.append(this.veil, this.moving)
    this.drawn = null
    this.hasVeil = id.startsWith("x.")
    svg.append(this.group)
    this.hide()
  }

  hide() {
    this.group.style.display = "none"
  }

  // `cells` make the shape; `from` are the cells it comes from, `share` of the way gone.
  show(cells, { from = cells, share = 1, boxed = true, weights = null } = {}) {
    if (!cells.length) return this.hide()
    if (this.group.style.display) this.group.style.display = ""
    const isSame = cells === this.shaped
    const origin = isSame ? this.origin : corner(cells, this.cols)
    const start = share < 1 && from.length === cells.length ? corner(from, this.cols) : origin
    if (!isSame || boxed !== this.boxed) this.shape(cells, origin, boxed)
    Object.assign(this, { shaped: cells, origin, boxed })
    this.write(weights, cells, origin)
    const at = [0, 1].map((i) => (start[i] + (origin[i] - start[i]) * share) * CELL)
    this.moving.style.transform = `translate(${at[1]}px, ${at[0]}px)`
    if (this.hasVeil && !isSame) this.veil.setAttribute("d", this.whole + this.squares(origin.map((cell) => cell * CELL)))
  }

  shape(cells, [top, left], boxed) {
    const places = cells.map((cell) => split(cell, this.cols)).map(([row, col]) => [row - top, col - left])
    const key = `${boxed}${places.join(";")}`
    if (key === this.drawn) return
    this.drawn = key
    const rows = Math.max(...places.map(([row]) => row)) + 1
    const cols = Math.max(...places.map(([, col]) => col)) + 1
    this.places = places
    this.taps.setAttribute("d", boxed && cells.length === rows * cols ? "" : this.squares([0, 0]))
    this.frame.style.display = boxed ? "" : "none"
    this.frame.setAttribute("width", cols * CELL)
    this.frame.setAttribute("height", rows * CELL)
  }

  // The window's cells, from its upper left corner.
  squares([top, left]) {
    return this.places.map(([row, col]) => `M${left + col * CELL} ${top + row * CELL}h${CELL}v${CELL}h-${CELL}z`).join("")
  }

  // The weights inside the cells: those of the window, for a screen too narrow to show the kernel beside it, or those
  // through which a number reaches its results.
  write(weights, cells, [top, left]) {
    const key = weights && `${this.drawn};${weights}`
    if (key === this.weighed) return
    this.weighed = key
    if ((weights?.length ?? 0) !== this.weights.children.length) this.weights.replaceChildren()
    if (!weights) return
    cells.forEach((cell, i) => {
      const [row, col] = split(cell, this.cols)
      const text = this.weights.children[i] ?? this.weights.appendChild(element("text", { "text-anchor": "end" }))
      text.setAttribute("font-size", Math.min(WEIGHT, WIDEST_WEIGHT / (weights[i].length + 1)))
      text.setAttribute("x", (col - left + 1) * CELL - 3)
      text.setAttribute("y", (row - top + 1) * CELL - 4)
      text.textContent = `×${weights[i]}`
    })
  }
}

function corner(cells, cols) {
  const places = cells.map((cell) => split(cell, cols))
  return [Math.min(...places.map(([row]) => row)), Math.min(...places.map(([, col]) => col))]
}

export function element(name, attributes) {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

export function opacity(value, scale) {
  return !value || !Number.isFinite(value) ? 0 : Math.round((0.1 + 0.42 * Math.min(Math.abs(value) / scale, 1)) * 100) / 100
}

export function fontSize(text) {
  return FONT[Math.min(text.length, FONT.length - 1)]
}
