// What the view shift says, ready for translation.

import { exact } from "../../format.js"
import { at } from "../../words.js"

const REASONS = {
  border: "its window meets the border",
  between: "no window of x began where it looks",
  inside: "its window is inside",
}

export const words = {
  output: (index, y, from, moved, apart, reason, first) => {
    const movedNumber = `${at("y′", index, first)} = ${exact(y)}`
    const before = from ? `${at("y", from, first)} = ${exact(moved)}` : "nothing came from outside: 0"
    return `${movedNumber}, ${before} · ${apart ? `they differ by ${exact(apart)}: ${REASONS[reason]}` : "the same"}`
  },
  gone: (index, y, first) => `${at("y", index, first)} = ${exact(y)} · moved out`,
  input: (index, value, isThere, first) => `${at("x", index, first)} = ${exact(value)} · ${isThere ? "before and after" : "moved out"}`,
  movedIn: (value) => `${exact(value)} · moved in, or padding`,
}

// A step, in the words of those who cannot see it.
export function say(step, steps, index, y, first, { equation }) {
  const before = equation.other ? `${at("y", equation.other.index, first)} is ${exact(equation.other.y)}.` : "Nothing came here from y."
  return `Step ${step + 1} of ${steps}. ${at("y′", index, first)} is ${exact(y)}. ${before}`
}
