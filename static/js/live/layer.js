// One layer's maps: painted as their numbers come, and asked for a single unit.

import { paint } from "./canvas.js"
import { words } from "./words.js"

const SVG = "http://www.w3.org/2000/svg"
const RECTIFIED = new Set(["c1", "c3", "c5", "f6", "hidden"])

export class Layer {
  constructor(row) {
    this.row = row
    this.name = row.dataset.row
    this.title = row.querySelector("h3").firstChild.textContent.trim()
    this.maps = [...row.querySelectorAll(".map")]
    this.sees = row.querySelector(".maps").dataset.sees.split(",").map(Number)
    this.y = null
  }

  show({ y, most, kept, gain = null }) {
    Object.assign(this, { y, gain })
    const shown = gain ? y.map((value, unit) => value * gain[unit]) : y
    for (const map of this.maps) {
      const { rows, cols, index } = numbers(map)
      paint(canvasOf(map), shown, index * rows * cols, rows, cols, most)
    }
    this.row.querySelector("[data-scale]").textContent = words.scale(most)
    this.row.querySelector("[data-kept]").textContent = kept === null ? "" : words.kept(kept)
  }

  // Strikes out these units, of a layer of single numbers.
  strike(units) {
    const { rows, cols } = numbers(this.maps[0])
    const line = units.map((unit) => `M${unit % cols} ${Math.floor(unit / cols) + 1}l1-1`).join("")
    let marks = this.maps[0].querySelector(".struck")
    if (!marks && line) {
      marks = document.createElementNS(SVG, "svg")
      marks.setAttribute("class", "struck")
      marks.setAttribute("viewBox", `0 0 ${cols} ${rows}`)
      marks.innerHTML = "<path/>"
      this.maps[0].append(marks)
    }
    marks?.firstElementChild.setAttribute("d", line)
  }

  // The cell of a map that answers most.
  strongest(map) {
    const { rows, cols, index } = numbers(map)
    const values = this.y.slice(index * rows * cols, (index + 1) * rows * cols)
    const place = values.indexOf(Math.max(...values))
    return [Math.floor(place / cols), place % cols]
  }

  // What the unit at this cell of a map is called in an address, in words, and what it sees of the digit.
  unit(map, [row, col]) {
    const { rows, cols, index } = numbers(map)
    const cell = row * cols + col
    const isMap = !["c5", "f6", "hidden"].includes(this.name)
    const place = isMap ? [index, row, col] : [cell]
    const value = this.y[index * rows * cols + cell]
    const [size, apart, first] = this.sees
    const more = (RECTIFIED.has(this.name) ? words.rectified(value) : words.pooled) + this.dropped(cell)
    return {
      unit: place.join(","),
      sentence: words.unit(this.title, place, value) + more,
      map: isMap ? index : cell,
      square: { size, row: first + row * apart, col: first + col * apart },
    }
  }

  dropped(cell) {
    if (!this.gain) return ""
    return this.gain[cell] ? words.raised(this.gain[cell]) : words.struck
  }
}

export function numbers(map) {
  const { rows, cols, map: index } = map.dataset
  return { rows: Number(rows), cols: Number(cols), index: Number(index) }
}

function canvasOf(map) {
  const drawn = map.querySelector("svg:not(.struck)")
  if (drawn) drawn.replaceWith(document.createElement("canvas"))
  return map.querySelector("canvas")
}
