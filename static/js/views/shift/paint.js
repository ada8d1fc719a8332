// The frames of shift → the page; the moved input can be dragged, or moved by Shift and an arrow.

import { CompanionPainter } from "../companion.js"
import { Mover } from "./mover.js"

export class ShiftPainter extends CompanionPainter {
  constructor(root) {
    super(root)
    Mover.of(root)
  }

  refresh() {
    super.refresh()
    const how = this.root.querySelector(".view-note .how")
    if (how) how.hidden = false
  }
}
