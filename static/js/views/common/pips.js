// A dot for each stamp in the cells where stamps overlap. app/painters/marks.py draws the first ones.

import { CELL } from "../../plane.js"

const APART = 7

// counts[cell]: how many stamps it holds.
export function pipsPath(counts, cols) {
  return counts.map((count, cell) => (count > 1 ? dots(cell % cols, Math.floor(cell / cols), count) : "")).join("")
}

function dots(col, row, count) {
  const x = (place) => col * CELL + CELL / 2 + (place - (count - 1) / 2) * APART
  return Array.from({ length: count }, (_, place) => `M${x(place)} ${row * CELL + 35}h0`).join("")
}
