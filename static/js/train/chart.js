// The curves: of the run and of the one behind it, as far as the playhead is.

import { smoothed } from "./run.js"

export class Chart {
  constructor(svg, steps) {
    this.svg = svg
    this.steps = steps
    this.left = Number(svg.dataset.left)
    this.right = Number(svg.dataset.right)
    this.over = Number(svg.dataset.smoothed)
    this.plots = new Map([...svg.querySelectorAll("[data-plot]")].map((each) => [each.dataset.plot, numbers(each)]))
  }

  // Draws all that is known; `kind` is line or ghost.
  draw(kind, { loss, accuracy, held_out }) {
    const unseen = held_out.map((value, place) => [place + 1, value]).filter(([, value]) => value !== null)
    const counted = (values) => values.map((value, place) => [place + 1, value]).filter(([, value]) => value !== null)
    this.write(kind, "loss", "loss", counted(loss))
    this.write(kind, "accuracy", "accuracy", counted(smoothed(accuracy, this.over)))
    this.write(kind, "held_out", "accuracy", unseen)
  }

  write(kind, name, plot, points) {
    const group = this.svg.querySelector(kind === "line" ? "[data-lines]" : "[data-ghosts]")
    let line = group.querySelector(`[data-${kind}="${name}"]`)
    if (!line) {
      line = document.createElementNS("http://www.w3.org/2000/svg", "polyline")
      line.setAttribute("class", `${kind} ${name}`)
      line.setAttribute(`data-${kind}`, name)
      group.append(line)
    }
    line.setAttribute("points", points.map(([step, value]) => `${this.across(step).toFixed(1)},${this.up(plot, value).toFixed(1)}`).join(" "))
  }

  // The playhead stands behind this step, which need not be whole.
  seek(step) {
    const at = this.across(step)
    this.svg.querySelector("[data-played]").setAttribute("width", at)
    const { top } = this.plots.get("loss")
    const { bottom } = this.plots.get("accuracy")
    this.svg.querySelector("[data-head]").setAttribute("d", `M${at.toFixed(1)} ${top}V${bottom}`)
  }

  across(step) {
    return this.left + ((this.right - this.left) * step) / this.steps
  }

  up(plot, value) {
    const { top, bottom, most } = this.plots.get(plot)
    return bottom - (bottom - top) * Math.min(Math.max(value / most, -0.05), 1.08)
  }
}

const numbers = ({ dataset: { top, bottom, most } }) => ({ top: Number(top), bottom: Number(bottom), most: Number(most) })
