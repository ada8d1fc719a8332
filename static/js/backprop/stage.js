// <graph-stage step="9" last="9" turn="4"> plays a graph: every result forward, a 1 at the loss, every edge backward.
//
// Attributes in: step, last, turn, intro (plays by itself, and halts before a gradient that it asks for).

import { setText } from "../format.js"
import { Played } from "../played.js"
import { Tempo } from "../tempo.js"
import { Values } from "./values.js"
import { words } from "./words.js"

const FORWARD = 6000 // milliseconds of the whole way forward
const BACK = 1600 // of one edge backward
const ARRIVES = 0.75 // of a step, when its number appears
const NEAR = 0.01 // how far off an answer may be, in the number's own size or absolutely

class GraphStage extends Played {
  connectedCallback() {
    const signal = this.connect({ position: () => words.position(this.player.step, this.player.last) })
    this.isAnswered = false
    this.measure()
    this.player.place(Number(this.getAttribute("step")), 1)
    this.values = new Values(this, signal, (name) => this.handLaidOn(name))
    this.addEventListener("click", (event) => this.clicked(event), { signal })
    this.addEventListener("submit", (event) => this.answered(event), { signal })
    document.addEventListener("htmx:after:swap", () => this.adopt(), { signal })
    this.offerReset()
    this.start()
  }

  // The first visit is shown how it goes; who wants no motion is asked at once.
  start() {
    const isFramed = document.documentElement.classList.contains("framed")
    if (this.hasAttribute("intro") && !isFramed) {
      const until = this.question ? Number(this.question.dataset.step) - 1 : null
      if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.player.place(until ?? this.player.last, 1)
      else return this.player.play({ from: 0, until })
    }
    this.moved()
  }

  get question() {
    return this.querySelector("[data-question]")
  }

  measure() {
    const turn = Number(this.getAttribute("turn"))
    this.player.resize(Number(this.getAttribute("last")) + 1)
    this.player.timed = new Tempo([
      { start: 0, gear: "product", each: 400 },
      { start: 1, gear: "product", each: FORWARD / (turn - 1) },
      { start: turn, gear: "product", each: BACK },
    ])
  }

  // A new page has come: another graph begins at its end, the same one stays where it is.
  adopt() {
    const isSame = Number(this.getAttribute("last")) === this.player.last
    this.measure()
    if (!isSame) this.player.place(this.player.last, 1)
    this.offerReset()
    this.moved()
  }

  // A graph of one's own goes back to the values with which it came; a ready one has its own, and the server knows them.
  offerReset() {
    const link = this.querySelector("[data-reset-values]")
    const graph = document.getElementById("field-graph").placeholder
    if (this.first?.graph !== graph) this.first = { graph, address: this.parentElement.dataset.address }
    if (link.hasAttribute("data-own")) link.href = this.first.address
  }

  // A hand on a value wants to see everything that follows from it, and how its own gradient comes about.
  handLaidOn(name) {
    this.isAnswered = true
    this.held = name
    this.player.seek(this.player.last)
  }

  // The step that is written out: the one under the playhead, or at the end that of the value in somebody's hand.
  get written() {
    const { step, last } = this.player
    if (step < last) this.held = null
    const gradient = this.held && this.querySelector(`[data-known]:has(> [data-gradient="${this.held}"])`)
    return gradient ? Number(gradient.dataset.known) : step
  }

  moved() {
    const { step, phase, playing } = this.player
    this.transport.show()
    for (const part of this.querySelectorAll("[data-known]")) {
      const known = Number(part.dataset.known)
      part.toggleAttribute("data-ahead", step < known || (step === known && phase < ARRIVES))
      part.toggleAttribute("data-lit", step === known && phase >= ARRIVES)
    }
    const { written } = this
    const entry = [...this.querySelectorAll("[data-equation]")].find((each) => Number(each.dataset.equation) === written)
    const asks = this.asksNow
    for (const each of this.querySelectorAll("[data-equation]")) each.hidden = each !== entry || asks
    if (this.question) this.question.hidden = !asks
    this.querySelector("[data-outcome]").hidden = step !== this.player.last || !this.querySelector("[data-outcome]").textContent
    this.light(written)
    this.move(step, phase)
    if (!playing) setText(this.querySelector("[data-announce]"), entry?.textContent.trim().replace(/\s+/g, " ") ?? "")
  }

  get asksNow() {
    const { step, phase, playing } = this.player
    return Boolean(this.question) && !this.isAnswered && this.hasAttribute("intro") && !playing && phase >= 1 && step === Number(this.question.dataset.step) - 1
  }

  // The paths that a step goes along: into a result, or back over an edge.
  paths(svg, step) {
    const back = [...svg.querySelectorAll(`[data-back="${step}"]`)]
    if (back.length) return back
    const name = step > 0 && svg.querySelector(`[data-known="${step}"] > [data-value]`)?.dataset.value
    return name ? [...svg.querySelectorAll("[data-edge]")].filter((edge) => edge.dataset.edge.endsWith(` ${name}`)) : []
  }

  light(step) {
    for (const svg of this.querySelectorAll(".graph")) {
      const now = new Set(this.paths(svg, step))
      for (const path of svg.querySelectorAll("[data-edge]")) path.toggleAttribute("data-now", now.has(path))
    }
  }

  move(step, phase) {
    const isBack = step >= Number(this.getAttribute("turn"))
    const share = Math.min(phase / ARRIVES, 1)
    for (const svg of this.querySelectorAll(".graph")) {
      const dot = svg.querySelector("[data-dot]")
      for (const copy of svg.querySelectorAll("[data-copy]")) copy.remove()
      const paths = share < 1 && svg.clientWidth ? this.paths(svg, step) : []
      dot.setAttribute("visibility", "hidden")
      paths.forEach((path, at) => {
        const one = at ? dot.parentNode.appendChild(copyOf(dot)) : dot
        const point = path.getPointAtLength(path.getTotalLength() * (isBack ? 1 - share : share))
        one.setAttribute("cx", point.x)
        one.setAttribute("cy", point.y)
        one.setAttribute("visibility", "visible")
      })
    }
  }

  // A number leads to the step in which it was made.
  clicked({ target }) {
    if (target.closest("[data-show]")) return this.reveal()
    const known = target.closest("[data-known]")
    if (known && !target.closest(".entry")) this.player.seek(Number(known.dataset.known))
  }

  answered(event) {
    event.preventDefault()
    const [typed, wanted] = [this.question.querySelector("input").value, Number(this.question.dataset.answer)]
    const given = Number(typed.trim().replace("−", "-").replace(",", "."))
    const verdict = this.question.querySelector("[data-verdict]")
    const isRight = typed.trim() !== "" && Math.abs(given - wanted) <= NEAR * Math.max(1, Math.abs(wanted))
    setText(verdict, isRight ? verdict.dataset.right : verdict.dataset.wrong)
    this.question.toggleAttribute("data-is-wrong", !isRight)
    if (isRight) this.reveal()
  }

  // The gradient that was asked for, then all that are left.
  reveal() {
    this.isAnswered = true
    this.player.place(Number(this.question.dataset.step), 0)
    this.player.play()
    this.focus({ preventScroll: true })
  }
}

function copyOf(dot) {
  const copy = dot.cloneNode()
  copy.removeAttribute("data-dot")
  copy.setAttribute("data-copy", "")
  return copy
}

customElements.define("graph-stage", GraphStage)
