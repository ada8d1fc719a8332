// A scene beside the same scene with one thing changed; app/views/common/companion.py does the same.

import { Painter } from "../paint.js"
import { Steps as Grids } from "../steps.js"

export const OTHER = ".other"

export const isOther = (id) => id.endsWith(OTHER)
export const own = (id) => id.replace(OTHER, "")

// The steps of both. `change` makes the companion's scene of the one that the stream sends.
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

export const otherOutlines = (outlines) => outlines.map((outline) => ({ ...outline, plane: outline.plane + OTHER, ...otherWeights(outline) }))

const otherWeights = ({ through }) => (through ? { through: { ...through, plane: through.plane + OTHER } } : {})

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
      const id = mark.closest(".plane").dataset.plane
      const cell = this.planes.get(id)?.cells[mark.dataset.cell]
      mark.classList.toggle("unseen", cell?.classList.contains("unseen") ?? false)
    }
  }
}
