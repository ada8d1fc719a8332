// What the view flip says, ready for translation.

import { exact } from "../../format.js"
import { at } from "../../words.js"

const NAMES = { "⋆": "As it is", "∗": "Turned" }

// A step, in the words of those who cannot see it.
export function say(step, steps, index, y, first, { equation }) {
  const { mark, other } = equation
  return `Step ${step + 1} of ${steps}, ${at("y", index, first)}. ${NAMES[mark]}: ${exact(y)}. ${NAMES[other.mark]}: ${exact(other.y)}.`
}
