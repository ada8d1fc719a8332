// A loupe over a plane whose cells are too small to read: five by five cells around the one that is pointed at.

import { short } from "./format.js"
import { split } from "./geometry.js"

const REACH = 2

export class Loupe {
  constructor(root) {
    this.root = root
    this.box = null
  }

  // `value(cell)` is the number of a cell, null where it is not known, or undefined where only the drawing has it.
  show(plane, cell, value) {
    this.box ??= this.root.appendChild(document.createElement("div"))
    this.box.className = "loupe"
    this.box.setAttribute("aria-hidden", "true")
    this.box.replaceChildren(...neighbours(plane, cell).map((near) => tile(near, cell, plane, value)))
    const { left, right, top } = plane.screenBox(cell)
    const origin = this.root.getBoundingClientRect()
    const x = Math.max((left + right) / 2 - origin.left, 90)
    this.box.style.transform = `translate(${x}px, ${top - origin.top - 10}px) translate(-50%, -100%)`
  }

  hide() {
    this.box?.remove()
    this.box = null
  }
}

function neighbours(plane, cell) {
  const [row, col] = split(cell, plane.cols)
  const offsets = Array.from({ length: 2 * REACH + 1 }, (_, i) => i - REACH)
  const rows = plane.rows === 1 ? [0] : offsets
  return rows.flatMap((dr) =>
    offsets.map((dc) => {
      const [r, c] = [row + dr, col + dc]
      return r >= 0 && c >= 0 && r < plane.rows && c < plane.cols ? r * plane.cols + c : -1
    }),
  )
}

function tile(near, cell, plane, value) {
  const made = document.createElement("span")
  const number = near < 0 ? null : value(near)
  made.textContent = number === undefined ? plane.textOf(near) : number === null ? "" : short(number)
  made.classList.toggle("chosen", near === cell)
  made.classList.toggle("outside", near < 0)
  return made
}
