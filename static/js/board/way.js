// The arrows between planes. app/pages/board/drawing.py draws the same.

import { element } from "../plane.js"

const BELOW = 46 // units that an arrow round below other planes hangs under them
const CAPTION = 21 // units for what is written over a plane

// From side to side where these face each other, or from the foot of one to the words over the other.
export function way(from, to, isAround) {
  const [one, other] = [middle(from), middle(to)]
  const { path, tip } = isAround && from.top < to.bottom && to.top < from.bottom ? around(from, to, one, other) : straight(from, to, one, other)
  const made = element("g", { class: "way", opacity: 0.6 })
  made.append(element("path", { d: path, fill: "none", stroke: "var(--soft)", "stroke-width": 1.4 }), element("path", { d: tip, fill: "var(--soft)" }))
  return made
}

function around(from, to, one, other) {
  const low = Math.max(from.bottom, to.bottom) + BELOW
  return { path: `M${one.x} ${from.bottom}C${one.x} ${low} ${other.x} ${low} ${other.x} ${to.bottom}`, tip: `M${other.x} ${to.bottom}l-4 8h8z` }
}

function straight(from, to, one, other) {
  if (to.left < from.right && to.right > from.left) {
    const end = to.top - CAPTION
    const half = (from.bottom + end) / 2
    return { path: `M${one.x} ${from.bottom}C${one.x} ${half} ${other.x} ${half} ${other.x} ${end}`, tip: `M${other.x} ${end}l-4 -8h8z` }
  }
  const [x1, x2, back] = to.left >= from.right ? [from.right, to.left, -8] : [from.left, to.right, 8]
  const half = (x1 + x2) / 2
  return { path: `M${x1} ${one.y}C${half} ${one.y} ${half} ${other.y} ${x2} ${other.y}`, tip: `M${x2} ${other.y}l${back} -4v8z` }
}

export const middle = ({ left, right, top, bottom }) => ({ x: (left + right) / 2, y: (top + bottom) / 2 })
