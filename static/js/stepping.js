// The steppers of the panel, when their number is dragged, or their buttons are pressed faster than the server answers: they
// go on once it has, by all their steps at once.

import { submit } from "./requests.js"

const NOTCH = 8 // pixels of a drag for one step

export class Stepping {
  constructor(requests) {
    this.requests = requests
    this.label = null // the stepper that moves: the page may draw it again
    this.left = 0 // steps that it still has to go
    for (const name of ["htmx:finally:swap", "htmx:finally:request"]) document.addEventListener(name, () => this.go())
  }

  get stepper() {
    return document.querySelector(`.stepper[aria-label="${CSS.escape(this.label)}"]`)
  }

  add(label, by) {
    if (label !== this.label) this.left = 0
    this.label = label
    this.left += by
    this.requests.settle().then(() => this.go())
  }

  // A number that can be typed goes all its way; what else depends on it only the links know, one step each.
  go() {
    if (!this.left || this.requests.page) return
    const input = this.stepper?.querySelector("input")
    const isFar = Math.abs(this.left) > 1 && /^\d+$/.test(input?.value)
    if (!isFar) return this.follow()
    input.value = Math.max(Number(input.value) + this.left, Number(input.dataset.least))
    this.left = 0
    submit()
  }

  follow() {
    const by = Math.sign(this.left)
    const link = this.stepper?.querySelector(`a.step:${by < 0 ? "first" : "last"}-child`)
    this.left = link ? this.left - by : 0
    link?.click()
  }

  // A drag to the right is more, to the left less.
  grab({ target, clientX }) {
    const label = target.closest(".stepper").getAttribute("aria-label")
    const leaving = new AbortController()
    const listen = (name, act) => document.addEventListener(name, act, { signal: leaving.signal })
    let from = clientX
    listen("pointermove", (event) => {
      const notches = Math.trunc((event.clientX - from) / NOTCH)
      if (!notches) return
      target.blur()
      from += notches * NOTCH
      this.add(label, notches)
    })
    for (const name of ["pointerup", "pointercancel"]) listen(name, () => leaving.abort())
  }
}
