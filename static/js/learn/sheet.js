// The grids and the sentences of one iteration on the page.

import { short } from "../format.js"
import { split } from "../geometry.js"
import { Plane } from "../plane.js"
import { Chart } from "./chart.js"

export class Sheet {
  constructor(root) {
    this.root = root
    this.planes = new Map([...root.querySelectorAll(".plane")].map((svg) => [svg.dataset.plane[0], new Plane(svg)]))
    this.chart = new Chart(root.querySelector("[data-chart]"))
  }

  plane(svg) {
    return this.planes.get(svg.dataset.plane[0])
  }

  // `output` or `position` is what one points at, if anything.
  show(lesson, step, weight, { output, position } = {}) {
    const state = lesson.at(step)
    const products = lesson.products(step, weight)
    const grids = { w: state.w, y: state.y, e: state.error, g: state.gradient, p: products }
    for (const [role, values] of Object.entries(grids)) this.planes.get(role).write(values)
    this.light(lesson, weight, output, position)
    this.describe(lesson, step, weight)
    this.chart.show(step)
  }

  light(lesson, weight, output, position) {
    const outline = (role, cells) => this.planes.get(role).overlay.show(cells)
    const looked = position ?? output
    const met = position === undefined ? lesson.metBy(weight) : [lesson.met(weight, position)]
    outline("x", output === undefined ? met : lesson.window(output))
    outline("w", output === undefined ? [weight] : [])
    outline("g", output === undefined ? [weight] : [])
    outline("p", position === undefined ? [] : [position])
    for (const role of ["y", "t", "e"]) outline(role, looked === undefined || (role !== "e" && output === undefined) ? [] : [looked])
  }

  describe(lesson, step, weight) {
    const [state, after] = [lesson.at(step), lesson.at(step + 1)]
    const place = split(weight, lesson.kernel[1]).join(", ")
    const [number, gradient, pull] = [state.w, state.gradient, state.step].map((values) => short(values[weight]))
    const [slope, move] = this.root.querySelectorAll("[data-sentences] p")
    const name = part("b", `w[${place}]`, "tap")
    slope.replaceChildren("∂loss/∂", name, " = Σ error · x = ", part("b", gradient))
    const step_ = after
      ? [` ← ${number} − ${this.root.dataset.rate} · (${pull}) = `, part("b", short(after.w[weight]), "tap")]
      : [" = ", part("b", number, "tap")]
    move.replaceChildren(name.cloneNode(true), ...step_)
    this.root.querySelector("[data-loss]").textContent = short(state.loss)
  }
}

function part(tag, text, role = "") {
  const made = document.createElement(tag)
  made.textContent = text
  if (role) made.className = role
  return made
}
