// The wall of wrong digits: what one is that one points at, and what it is read as.

import { COLUMNS, ROWS } from "./pictures.js"
import { words } from "./words.js"

export class Wall {
  // `here()` is the checkpoint that is shown.
  constructor(svg, { here, say }) {
    Object.assign(this, { svg, here, say })
    for (const name of ["pointermove", "pointerdown"]) svg.addEventListener(name, (event) => this.point(event))
  }

  point({ clientX, clientY }) {
    const place = this.svg.createSVGPoint()
    Object.assign(place, { x: clientX, y: clientY })
    const { x, y } = place.matrixTransform(this.svg.getScreenCTM().inverse())
    const [col, row] = [Math.floor(x), Math.floor(y)]
    if (col < 0 || row < 0 || col >= COLUMNS || row >= ROWS) return
    const found = this.here()?.wrong.find(([index]) => index === row * COLUMNS + col)
    if (found) this.say(words.tile(found[1], found[2]))
  }
}
