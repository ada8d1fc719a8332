// The playhead on the curve of the loss: what has been played is drawn strong, what is to come faint.

import { element } from "../plane.js"

export class Chart {
  constructor(svg) {
    svg.querySelectorAll(".playhead, .played").forEach((old) => old.remove())
    this.curve = svg.querySelector("[data-own]")
    this.points = this.curve.getAttribute("points").split(" ")
    this.played = element("polyline", { class: "played", fill: "none" })
    for (const name of ["stroke", "stroke-width", "stroke-linejoin"]) this.played.setAttribute(name, this.curve.getAttribute(name))
    this.curve.setAttribute("stroke-opacity", ".25")
    this.curve.after(this.played)
    const [top, bottom] = [svg.dataset.top, svg.dataset.bottom]
    this.line = element("path", { fill: "none" })
    this.dot = element("circle", { r: 5.5 })
    const head = element("g", { class: "playhead", "clip-path": "url(#plot)" })
    head.append(this.line, this.dot)
    svg.append(head)
    this.rule = (x) => `M${x} ${top}V${bottom}`
  }

  show(step) {
    const point = this.points[step]
    if (!point) return
    const [x, y] = point.split(",")
    this.played.setAttribute("points", this.points.slice(0, step + 1).join(" "))
    this.line.setAttribute("d", this.rule(x))
    this.dot.setAttribute("cx", x)
    this.dot.setAttribute("cy", y)
  }
}
