// The picture and its result: painted band by band, one under the other with a divider between, or side by side.

import { words } from "./words.js"

const SVG = "http://www.w3.org/2000/svg"
const LEAST_MARK = 11 // pixels a side of what is outlined, at least
const STEPS = { ArrowLeft: -0.02, ArrowRight: 0.02, Home: -1, End: 1 }

export class Look {
  constructor(root) {
    this.root = root
    this.before = new View(root.querySelector('[data-view="before"]'))
    this.after = new View(root.querySelector('[data-view="after"]'))
    this.after.element.tabIndex = 0
    this.after.element.setAttribute("role", "group")
    this.after.element.setAttribute("aria-label", words.view)
    this.tiles = null
    this.share = 0.5
    this.line = root.appendChild(divider())
    this.line.addEventListener("pointerdown", (event) => this.line.setPointerCapture(event.pointerId))
    this.line.addEventListener("pointermove", (event) => this.line.hasPointerCapture(event.pointerId) && this.dragTo(event.clientX))
    this.line.addEventListener("keydown", (event) => this.nudge(event))
    new ResizeObserver(() => this.arrange()).observe(root)
  }

  get isUnder() {
    return this.root.classList.contains("divider") && !this.tiles
  }

  view(name) {
    this.root.classList.toggle("divider", name === "divider")
    this.root.classList.toggle("side", name !== "divider")
    this.arrange()
  }

  // What a result's header says: how large it is, and of how many tiles it is made.
  expect({ rows, cols, tiles, pictureRows, pictureCols }, names = []) {
    const width = cols / tiles
    this.picture = { rows: pictureRows, cols: pictureCols }
    this.result = { rows, cols: width }
    const asTiles = tiles > 1
    if (!asTiles) this.after.size(rows, width)
    if (asTiles !== Boolean(this.tiles) || this.tiles?.length !== (asTiles ? tiles : undefined)) this.setTiles(asTiles ? tiles : 0)
    for (const [number, tile] of (this.tiles ?? []).entries()) {
      fit(tile.canvas, rows, width)
      tile.caption.textContent = names[number] ?? ""
    }
    this.arrange()
  }

  setTiles(count) {
    this.after.element.querySelector(".tiles-of")?.remove()
    this.tiles = null
    this.after.canvas.hidden = count > 0
    this.after.image?.remove()
    this.root.classList.toggle("several", count > 0)
    if (!count) return
    const box = this.after.element.appendChild(make("div", "tiles-of"))
    box.style.setProperty("--across", count > 4 ? 3 : 2)
    this.tiles = Array.from({ length: count }, () => {
      const figure = box.appendChild(make("figure"))
      return { canvas: figure.appendChild(make("canvas")), caption: figure.appendChild(make("figcaption")) }
    })
  }

  async draw({ row, rows, image, type }) {
    const bitmap = await createImageBitmap(new Blob([bytes(image)], { type }))
    if (!this.tiles) this.after.paint(bitmap, row, rows)
    const part = bitmap.width / (this.tiles?.length ?? 1)
    for (const [number, { canvas }] of (this.tiles ?? []).entries())
      canvas.getContext("2d").drawImage(bitmap, number * part, 0, part, bitmap.height, 0, row, canvas.width, rows)
    bitmap.close()
  }

  // The picture itself: an image, or a frame of the camera.
  show(image, rows, cols) {
    this.before.size(rows, cols)
    this.before.paint(image, 0, rows)
    this.picture = { rows, cols }
    this.arrange()
  }

  // Both lie in the same box, so that a place of one is the same place of the other.
  arrange() {
    if (!this.picture) return
    for (const view of [this.before, this.after]) view.arrange(this.picture)
    const { left, top, width, height } = this.after.box
    this.line.hidden = !this.isUnder
    this.line.style.left = `${left + width * this.share}px`
    this.line.style.top = `${top}px`
    this.line.style.height = `${height}px`
    this.line.setAttribute("aria-valuenow", String(Math.round(100 * this.share)))
    this.after.canvas.style.clipPath = this.isUnder ? `inset(0 0 0 ${100 * this.share}%)` : ""
    this.mark(...(this.marked ?? []))
  }

  dragTo(x) {
    const { left, width } = this.after.box
    this.split((x - this.root.getBoundingClientRect().left - left) / width)
  }

  nudge(event) {
    if (!(event.key in STEPS)) return
    event.preventDefault()
    event.stopPropagation()
    this.split(this.share + STEPS[event.key])
  }

  split(share) {
    this.share = Math.min(1, Math.max(0, share))
    this.arrange()
  }

  // The place of the result under a pointer, and its tile; null beside it.
  under({ clientX, clientY, target }) {
    if (!this.result || target.closest(".line")) return null
    const tile = this.tiles?.findIndex(({ canvas }) => canvas === target) ?? 0
    const canvas = this.tiles?.[tile]?.canvas
    const box = canvas ? contained(canvas.getBoundingClientRect(), this.result) : (target.closest('[data-view="before"]') ? this.before : this.after).screen
    const [col, row] = [((clientX - box.left) / box.width) * this.result.cols, ((clientY - box.top) / box.height) * this.result.rows].map(Math.floor)
    const isInside = row >= 0 && col >= 0 && row < this.result.rows && col < this.result.cols
    return isInside ? { place: [row, col], tile: Math.max(0, tile) } : null
  }

  // The window on the picture, and the result that it makes.
  mark(sees, place) {
    this.marked = [sees, place]
    this.before.mark(sees, this.picture, "")
    if (!place || this.tiles) return this.after.mark(null)
    const [down, across] = [this.picture.rows / this.result.rows, this.picture.cols / this.result.cols]
    this.after.mark({ row: place[0] * down, col: place[1] * across, rows: down, cols: across }, this.picture, "spot")
  }
}

class View {
  constructor(element) {
    this.element = element
    const image = element.querySelector("img")
    this.canvas = element.appendChild(make("canvas"))
    this.marks = element.appendChild(document.createElementNS(SVG, "svg"))
    this.marks.setAttribute("class", "marks")
    this.marks.setAttribute("preserveAspectRatio", "none")
    this.image = image
    this.box = { left: 0, top: 0, width: 0, height: 0 }
  }

  // What the server has drawn, as pixels; null where it could not.
  async drawn() {
    try {
      await this.image.decode()
      return this.image
    } catch {
      return null
    }
  }

  size(rows, cols) {
    fit(this.canvas, rows, cols)
  }

  paint(image, row, rows) {
    const context = this.canvas.getContext("2d")
    context.imageSmoothingEnabled = rows > 96
    context.drawImage(image, 0, row, this.canvas.width, rows)
    this.image?.remove()
    this.image = null
  }

  arrange(picture) {
    const { width, height } = this.element.getBoundingClientRect()
    this.box = contained({ left: 0, top: 0, width, height }, picture)
    for (const part of [this.canvas, this.marks]) {
      for (const side of ["left", "top", "width", "height"]) part.style[side] = `${this.box[side]}px`
      part.style.objectFit = "fill"
    }
    this.element.classList.toggle("magnified", this.box.width > 1.8 * this.canvas.width)
    this.marks.setAttribute("viewBox", `0 0 ${picture.cols} ${picture.rows}`)
  }

  get screen() {
    const { left, top } = this.element.getBoundingClientRect()
    return { ...this.box, left: left + this.box.left, top: top + this.box.top }
  }

  mark(place, picture, name) {
    if (!place) return this.marks.replaceChildren()
    const least = (LEAST_MARK * picture.cols) / (this.box.width || 1)
    const [width, height] = [place.cols, place.rows].map((side) => Math.max(side, least))
    const [x, y] = [place.col - (width - place.cols) / 2, place.row - (height - place.rows) / 2]
    this.marks.replaceChildren(...["rim", name].map((kind) => {
      const rect = document.createElementNS(SVG, "rect")
      for (const [key, value] of Object.entries({ x, y, width, height, class: kind })) rect.setAttribute(key, value)
      return rect
    }))
  }
}

// A canvas keeps its pixels unless its size changes.
function fit(canvas, rows, cols) {
  if (canvas.width !== cols) canvas.width = cols
  if (canvas.height !== rows) canvas.height = rows
}

// Where a picture lies in a box that it fills in one direction.
export function contained({ left, top, width, height }, { rows, cols }) {
  const scale = Math.min(width / cols, height / rows)
  return { left: left + (width - cols * scale) / 2, top: top + (height - rows * scale) / 2, width: cols * scale, height: rows * scale }
}

function divider() {
  const line = make("div", "line")
  line.tabIndex = 0
  for (const [name, value] of Object.entries({ role: "slider", "aria-label": words.divider, "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": 50 }))
    line.setAttribute(name, value)
  return line
}

function make(tag, className = "") {
  return Object.assign(document.createElement(tag), { className })
}

const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
