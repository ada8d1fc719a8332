// How large the gradient of each layer is, and of the run behind: bars on a scale of powers of ten.

import { setText } from "../format.js"

export class Gradients {
  constructor(svg) {
    this.svg = svg
    const { top, bottom, least } = svg.dataset
    Object.assign(this, { top: Number(top), bottom: Number(bottom), least: Number(least) })
  }

  show(sizes) {
    for (const [place, size] of Object.entries(sizes)) {
      const height = this.height(size)
      const bar = this.find("gradient-bar", place)
      bar.setAttribute("height", height)
      bar.setAttribute("y", this.bottom - height)
      setText(bar.querySelector("title"), `${bar.dataset.title}: ${short(size)}`)
      const number = this.find("gradient", place)
      if (!number) continue
      number.setAttribute("y", this.bottom - height - 5)
      setText(number, short(size))
    }
  }

  // Of the run behind, where it has as many layers.
  showBehind(sizes) {
    const lines = this.svg.querySelectorAll("[data-gradient-behind]")
    const values = Object.values(sizes)
    if (values.length !== lines.length) return
    for (const [index, line] of lines.entries()) {
      const bar = this.svg.querySelectorAll("[data-gradient-bar]")[index]
      const [x, width] = ["x", "width"].map((name) => Number(bar.getAttribute(name)))
      line.setAttribute("d", `M${x - 3} ${(this.bottom - this.height(values[index])).toFixed(1)}h${width + 6}`)
    }
  }

  height(size) {
    const share = 1 - Math.log10(Math.max(size, this.least)) / Math.log10(this.least)
    return Number(((this.bottom - this.top) * Math.min(share, 1)).toFixed(1))
  }

  find(mark, place) {
    return this.svg.querySelector(`[data-${mark}="${place}"]`)
  }
}

// Two figures, as the server writes them.
export const short = (size) => (size === 0 ? "0" : String(Number(size.toPrecision(2))))
