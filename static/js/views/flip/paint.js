// The frames of flip → the page: before the first step, the kernel turns.

import { Clock } from "../../clock.js"
import { CELL } from "../../plane.js"
import { CompanionPainter } from "../companion.js"

const TURNED = 0.6 // share of the first step's time in which the kernel turns
const SECONDS = 1.1 // of a turn that was asked for

export class FlipPainter extends CompanionPainter {
  constructor(root) {
    super(root)
    this.clock = new Clock()
  }

  refresh() {
    super.refresh()
    this.turning = [...this.root.querySelectorAll('.plane[data-turned][data-plane^="w."]')]
    const button = this.root.querySelector("[data-turn]")
    if (!button) return
    button.hidden = false
    button.onclick = () => this.again()
  }

  paint(frame, moment) {
    super.paint(frame, moment)
    const phase = moment.phase ?? 1
    if (frame.step === 0 && phase < 1) this.clock?.stop()
    if (!this.clock || this.clock.handle === null) this.turnTo(frame.step === 0 ? Math.min(phase / TURNED, 1) : 1)
  }

  // The kernel lies as it is, and turns once more.
  again() {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches
    let share = 0
    this.clock.start((passed) => {
      share = isStill ? 1 : Math.min(share + passed / (1000 * SECONDS), 1)
      this.turnTo(share)
      if (share === 1) this.clock.stop()
    })
  }

  // From 0, the kernel as it is, to 1, turned; its numbers stay upright.
  turnTo(share) {
    const angle = 180 * (share * share * (3 - 2 * share) - 1)
    for (const svg of this.turning) {
      const { rows, cols } = svg.dataset
      const cells = svg.querySelector(".cells")
      cells.style.transformOrigin = `${(cols * CELL) / 2}px ${(rows * CELL) / 2}px`
      cells.style.transform = angle ? `rotate(${angle}deg)` : ""
      for (const text of cells.querySelectorAll("text")) text.style.transform = angle ? `rotate(${-angle}deg)` : ""
    }
  }
}
