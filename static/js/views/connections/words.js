// What the view connections says, ready for translation.

import { letter } from "../../equation/tree.js"
import { exact } from "../../format.js"
import { at } from "../../words.js"

const connections = (count) => `${count} ${count === 1 ? "connection" : "connections"}`

export const words = {
  step: (step, steps, index, y, count, first) => `Step ${step + 1} of ${steps}. ${connections(count)} reach ${at("y", index, first)}, which is ${exact(y)}.`,
  ownWeight: (x, y, first) => `from ${at("x", x, first)} to ${at("y", y, first)} · a weight of its own`,
  shared: (place, value, count) => `${letter(place)} = ${exact(value)} · one weight, shared by ${connections(count)}`,
  many: (count) => `${connections(count)} have this place in their window, each with a weight of its own`,
  input: (index, value, count, first) => `${at("x", index, first)} = ${exact(value)} · ${connections(count)}`,
  soFar: (count, weights) => `So far: ${connections(count)}, ${weights} ${weights === 1 ? "weight" : "weights"}.`,
}
