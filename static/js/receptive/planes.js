// The stack in space: lights the patch of a unit on each plane that app/pages/receptive_field/planes.py has drawn.

import { draw, numbers } from "./draw.js"
import { box, runs } from "./path-counts.js"

export class Planes {
  constructor(svg) {
    this.svg = svg
    this.beams = svg.querySelector("[data-beams]")
    this.nested = svg.querySelector("[data-nested]")
    this.planes = [...svg.querySelectorAll("[data-plane]")].map((group) => ({
      group,
      inner: group.querySelector("g"),
      lit: group.querySelector("[data-lit]"),
      moved: group.querySelector("[data-moved]"),
      rows: Number(group.dataset.rows),
      cols: Number(group.dataset.cols),
      matrix: numbers(group.dataset.matrix),
    }))
  }

  light(pathCounts, map, unit, shows = () => true) {
    const masks = pathCounts.masks(map, unit)
    const moved = [0, 1].map((axis) => pathCounts.moved(map, unit[axis], axis))
    this.planes.forEach((plane, index) => {
      const mask = shows(index) ? masks[index] : null
      plane.lit.setAttribute("d", mask ? runs(mask) : "")
      plane.lit.setAttribute("class", `lit ${index === map ? "chosen" : "seen"}`)
      const isMoved = index > map && moved[0][index] && moved[1][index] && shows(index)
      plane.moved.setAttribute("d", isMoved ? runs(product(moved[0][index], moved[1][index])) : "")
    })
    const shown = pathCounts.links.filter((link) => masks[link.to] && masks[link.from] && shows(link.from))
    this.beams.replaceChildren(...shown.map((link) => draw("path", { d: this.between(link, masks) })))
    this.nested?.setAttribute("d", shows(0) ? this.squares(pathCounts, map, masks) : "")
    return masks
  }

  between(link, masks) {
    const [above, below] = [box(masks[link.to]), box(masks[link.from])]
    if (!above || !below) return ""
    const [upper, lower] = [this.planes[link.to], this.planes[link.from]]
    const corners = [["left", "top"], ["right", "top"], ["left", "bottom"], ["right", "bottom"]]
    return corners.map(([col, row]) => `M${place(upper, above[col], above[row])}L${place(lower, below[col], below[row])}`).join("")
  }

  // On the input, what the middle unit of each patch on the way sees.
  squares(pathCounts, map, masks) {
    return masks
      .map((mask, index) => {
        const patch = index !== 0 && index !== map && mask && box(mask)
        if (!patch) return ""
        const unit = [Math.floor((patch.top + patch.bottom - 1) / 2), Math.floor((patch.left + patch.right - 1) / 2)]
        const seen = pathCounts.masks(index, unit)[0]
        const field = seen && box(seen)
        return field ? `M${field.left} ${field.top}h${field.right - field.left}v${field.bottom - field.top}h-${field.right - field.left}z` : ""
      })
      .join("")
  }

  // The unit under a pointer: { map, unit: [row, column] }, or null. Later planes lie on top.
  at({ clientX, clientY }) {
    for (let map = this.planes.length - 1; map >= 0; map--) {
      const { inner, rows, cols } = this.planes[map]
      const matrix = inner.getScreenCTM()
      if (!matrix) return null
      const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse())
      if (x >= 0 && x < cols && y >= 0 && y < rows) return { map, unit: [Math.floor(y), Math.floor(x)] }
    }
    return null
  }
}

const place = ({ matrix: [a, b, c, d, e, f] }, col, row) => `${(a * col + c * row + e).toFixed(2)} ${(b * col + d * row + f).toFixed(2)}`

function product(down, across) {
  const [rows, cols] = [down.length, across.length]
  const cells = new Uint8Array(rows * cols)
  for (let row = 0; row < rows; row++) for (let col = 0; col < cols; col++) cells[row * cols + col] = down[row] && across[col]
  return { rows, cols, cells }
}
