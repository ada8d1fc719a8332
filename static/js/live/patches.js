// The nine patches that excite the chosen unit most, each with a link to its digit.

import { patchesOf } from "./address.js"
import { forget, paint } from "./canvas.js"

const SIDE = 28
const REST = 150 // milliseconds for which a unit is chosen before its patches are asked for

export class Patches {
  constructor(element, { address, fetch = (...request) => globalThis.fetch(...request) }) {
    Object.assign(this, { element, address, fetch })
    this.kept = new Map()
    this.wanted = null
  }

  // `unit` is a map, or a unit that is no map; null for none.
  choose(layer, unit) {
    const wanted = layer === null ? null : `${layer} ${unit}`
    if (wanted === this.wanted) return
    this.wanted = wanted
    clearTimeout(this.resting)
    if (wanted === null) this.show([])
    else this.resting = setTimeout(() => this.load(wanted, layer, unit), this.kept.has(wanted) ? 0 : REST)
  }

  async load(wanted, layer, unit) {
    if (!this.kept.has(wanted)) {
      const response = await this.fetch(patchesOf(this.address(), layer, unit)).catch(() => null)
      if (!response?.ok) return
      this.kept.set(wanted, (await response.json()).patches)
    }
    if (this.wanted === wanted) this.show(this.kept.get(wanted))
  }

  show(patches) {
    this.element.querySelectorAll("canvas").forEach(forget)
    this.element.replaceChildren(...patches.map((patch) => link(patch)))
    this.element.querySelectorAll("canvas").forEach((canvas, place) => {
      const { x, row, col, size } = patches[place]
      paint(canvas, cut(x.values, row, col, size), 0, size, size, 255)
    })
  }
}

function link({ address, name }) {
  const made = Object.assign(document.createElement("a"), { href: address, title: name })
  made.setAttribute("aria-label", name)
  made.dataset.go = ""
  made.append(document.createElement("canvas"))
  return made
}

// What the unit sees; beyond the digit there is paper.
function cut(values, top, left, size) {
  return Array.from({ length: size * size }, (_, cell) => {
    const [row, col] = [top + Math.floor(cell / size), left + (cell % size)]
    return row >= 0 && row < SIDE && col >= 0 && col < SIDE ? values[row][col] : 0
  })
}
