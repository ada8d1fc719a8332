// <step-stage step="5" last="5"> plays what is known from step to step; where numbers stand in columns, as scores on their
// way to a loss, each column flies into the next, once.
//
// Attributes in: step, last, each (milliseconds of a step), intro (plays by itself).

import { setText } from "../format.js"
import { Played } from "../played.js"
import { Tempo } from "../tempo.js"
import { Values } from "./values.js"
import { words } from "./words.js"

const ARRIVES = 0.8 // of a step, when its numbers are there

// Which column a step's numbers come from, and which they become.
const FLIGHTS = { 1: ["score", "power"], 2: ["power", "sum"], 3: ["power", "share"], 4: ["share", "loss"], 5: ["share", "slope"] }

class StepStage extends Played {
  connectedCallback() {
    const signal = this.connect({ position: () => words.position(this.player.step, this.player.last) })
    this.measure()
    this.player.place(Number(this.getAttribute("step")), 1)
    this.values = new Values(this, signal, () => this.player.seek(this.player.last))
    document.addEventListener("htmx:after:swap", () => this.adopt(), { signal })
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches || document.documentElement.classList.contains("framed")
    if (this.hasAttribute("intro") && !isStill) this.player.play({ from: 0 })
    else this.moved()
  }

  measure() {
    this.player.resize(Number(this.getAttribute("last")) + 1)
    const each = Number(this.getAttribute("each"))
    this.player.timed = new Tempo([{ start: 0, gear: "product", each: 300 }, { start: 1, gear: "product", each }])
  }

  // Who stood at the end stands at the end of what has come.
  adopt() {
    const wasLast = this.player.step === this.player.last
    this.measure()
    if (wasLast) this.player.place(this.player.last, 1)
    this.moved()
  }

  moved() {
    const { step, phase, playing } = this.player
    this.transport.show()
    for (const part of this.querySelectorAll("[data-known]")) {
      const known = Number(part.dataset.known)
      part.toggleAttribute("data-ahead", step < known || (step === known && phase < ARRIVES))
    }
    for (const sentence of this.querySelectorAll("[data-equation]")) sentence.hidden = Number(sentence.dataset.equation) !== step
    for (const svg of this.querySelectorAll(".scores")) this.fly(svg, step, phase / ARRIVES)
    if (!playing) setText(this.querySelector("[data-announce]"), this.querySelector("[data-equation]:not([hidden])")?.textContent ?? "")
  }

  // Copies of the numbers on their way from one column to the next.
  fly(svg, step, share) {
    const sky = svg.querySelector("[data-flying]")
    sky.replaceChildren()
    const flight = share < 1 && FLIGHTS[step]
    if (!flight || !svg.clientWidth) return
    const [from, to] = flight.map((column) => [...svg.querySelectorAll(`text[data-column="${column}"]`)])
    const truth = Number(svg.querySelector('a[aria-current="true"]').closest("[data-class]").dataset.class)
    const leaving = flight[1] === "loss" ? from.filter((text) => Number(text.dataset.row) === truth) : from
    const eased = share * share * (3 - 2 * share)
    for (const text of leaving) {
      const goal = to.find((other) => other.dataset.row === text.dataset.row) ?? to[0]
      const copy = text.cloneNode(true)
      for (const name of ["data-column", "data-row"]) copy.removeAttribute(name)
      for (const axis of ["x", "y"]) {
        const [start, end] = [text, goal].map((each) => Number(each.getAttribute(axis)))
        copy.setAttribute(axis, start + (end - start) * eased)
      }
      sky.append(copy)
    }
  }
}

customElements.define("step-stage", StepStage)
