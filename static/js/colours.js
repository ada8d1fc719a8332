// The colours of a plane whose cells are too small for their numbers, as one image of a pixel a cell: a frame then paints
// one element and not thousands. Fetched where there is such a plane.

import { CELL, element } from "./plane.js"

export class Colours {
  constructor(plane) {
    this.plane = plane
    this.canvas = Object.assign(document.createElement("canvas"), { width: plane.cols, height: plane.rows })
    const size = { width: plane.cols * CELL, height: plane.rows * CELL }
    this.image = plane.svg.querySelector(".colours") ?? element("image", { class: "colours", "image-rendering": "pixelated", preserveAspectRatio: "none", ...size })
    // What is zero is white: a thin line says where the sheet ends.
    this.edge = plane.svg.querySelector(".edge") ?? element("rect", { class: "edge", fill: "none", stroke: "var(--line)", "vector-effect": "non-scaling-stroke", ...size })
    plane.svg.querySelector(".cells").after(this.image, this.edge)
    this.coming = null
  }

  show() {
    for (const part of [this.image, this.edge]) part.style.display = ""
    this.draw()
  }

  hide() {
    for (const part of [this.image, this.edge]) part.style.display = "none"
  }

  // Some cells have changed: all of them are drawn together.
  change() {
    this.coming ??= requestAnimationFrame(() => this.draw())
  }

  draw() {
    this.coming = null
    const context = this.canvas.getContext("2d")
    const { cols, cells, svg } = this.plane
    const style = getComputedStyle(svg)
    const [own, negative] = [svg.classList[1], "negative"].map((name) => style.getPropertyValue(`--${name}`))
    context.clearRect(0, 0, this.canvas.width, this.canvas.height)
    cells.forEach((cell, i) => {
      const box = cell.firstElementChild
      context.globalAlpha = Math.min(STRONGER * Number(box.getAttribute("fill-opacity")), 1)
      context.fillStyle = box.hasAttribute("fill") ? negative : own
      context.fillRect(i % cols, Math.floor(i / cols), 1, 1)
    })
    this.image.setAttribute("href", this.canvas.toDataURL())
  }
}

const STRONGER = 1.8 // no number has to be read on them
