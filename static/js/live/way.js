// Whether a pointer is on its way from a unit down to the link: the units that it passes there are not meant.

const ASTRAY = 75 // pixels by which a hand misses what it aims at
const TREMBLE = 4 // pixels by which it goes back without turning

export class Way {
  // `aim()` is the box of the link.
  constructor(aim) {
    this.aim = aim
    this.from = null
  }

  start({ x, y }) {
    this.from = { x, y }
    this.lowest = y
  }

  end() {
    this.from = null
  }

  // The way widens from the unit to the link, like a funnel upside down.
  isOn({ x, y }) {
    if (!this.from) return false
    const { left, right, top } = this.aim()
    const share = (y - this.from.y) / (top - this.from.y)
    const across = (end) => this.from.x + share * (end - this.from.x)
    const isBack = y < this.lowest - TREMBLE
    this.lowest = Math.max(this.lowest, y)
    return !isBack && share > 0 && across(left - ASTRAY) <= x && x <= across(right + ASTRAY)
  }
}
