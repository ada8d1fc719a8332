// A scene beside the same scene with one thing changed; app/views/common/companion.py does the same.

import { equationMarkup, letter } from "../equation.js"
import { Painter } from "../paint.js"
import { Steps as Grids } from "../steps.js"

export const OTHER = ".other"
const TURNED = "∗" // marks the y of a true convolution

export const isOther = (id) => id.endsWith(OTHER)
export const own = (id) => id.replace(OTHER, "")

// The steps of both. `change` makes the companion's scene of the one that the stream tells.
export class Companions extends Grids {
  constructor(scene, change) {
    super(scene)
    this.other = new Grids(change(scene))
  }

  add(batch) {
    super.add(batch)
    this.other.add({ start: batch.start, ...batch.other })
  }

  // What a step computed; `id` is the plane that asks.
  at(step, id = "") {
    return isOther(id) ? this.other.at(step) : super.at(step)
  }

  locate(id, cell) {
    return isOther(id) ? this.other.locate(own(id), cell) : super.locate(id, cell)
  }

  value(id, cell) {
    return isOther(id) ? this.other.value(own(id), cell) : super.value(id, cell)
  }
}

export const otherOutlines = (outlines) => outlines.map((outline) => ({ ...outline, plane: outline.plane + OTHER }))

// Draws both, with their sums beside each other; marks on cells that differ appear with their cells.
export class CompanionPainter extends Painter {
  refresh() {
    super.refresh()
    this.marks = [...this.root.querySelectorAll(".differences path")]
  }

  get shown() {
    const { channels, filters } = super.shown
    return { channels: [...new Set(channels)], filters: [...new Set(filters)] }
  }

  reveal(frame, moment) {
    super.reveal(frame, moment)
    for (const mark of this.marks) {
      const id = mark.closest("svg").dataset.plane
      const cell = this.planes.get(id)?.cells[mark.dataset.cell]
      mark.classList.toggle("unseen", cell?.classList.contains("unseen") ?? false)
    }
  }

  write(frame, { pending, settings }) {
    const key = JSON.stringify([frame.equation, settings])
    if (this.equation.dataset.key !== key) {
      this.equation.innerHTML = markedMarkup(frame.equation, settings)
      this.equation.dataset.key = key
    }
    this.equation.classList.toggle("pending", pending)
  }
}

// The letters of a kernel that was turned: each weight keeps the one that it had.
function fromTheEnd(markup, places) {
  const names = Array.from({ length: places }, (_, place) => letter(place))
  return markup.replace(/<mi class="tap">(.*?)<\/mi>/g, (_, name) => `<mi class="tap">${names[places - 1 - names.indexOf(name)]}</mi>`)
}

// Sums that stand beside each other, each y with its mark, as app/painters/mathml.py writes them.
export function markedMarkup({ mark, beside, ...equation }, settings) {
  const marked = equationMarkup(equation, settings).replace(/<msub><mi>y<\/mi>(<mrow>.*?<\/mrow>)<\/msub>/g, `<msubsup><mi>y</mi>$1<mo>${mark}</mo></msubsup>`)
  const named = settings.letters && mark === TURNED ? fromTheEnd(marked, equation.rows.flat().length) : marked
  return `<div>${named}</div>${beside ? markedMarkup(beside, settings) : ""}`
}
