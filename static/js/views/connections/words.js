// What the view connections says, ready for translation.

import { letter } from "../../equation/tree.js"
import { exact, short } from "../../format.js"
import { at } from "../../words.js"

const connections = (count) => `${count} ${count === 1 ? "connection" : "connections"}`

// What flows back over some connections, of which each carries 1 times a number.
const MOST = 6
function added(numbers) {
  const terms = numbers.slice(0, MOST).map((number, at) => (at && number < 0 ? `(${short(number)})` : short(number)))
  const total = numbers.reduce((sum, number) => sum + number, 0)
  return `${[...terms, ...(numbers.length > MOST ? ["…"] : [])].join(" + ") || "nothing"} = ${short(total)}`
}

export const words = {
  step: (step, steps, index, y, count, first) => `Step ${step + 1} of ${steps}. ${connections(count)} reach ${at("y", index, first)}, which is ${exact(y)}.`,
  ownWeight: (x, y, first) => `from ${at("x", x, first)} to ${at("y", y, first)} · a weight of its own`,
  shared: (place, value, count) => `${letter(place)} = ${exact(value)} · one weight, shared by ${connections(count)}`,
  many: (count) => `${connections(count)} have this place in their window, each with a weight of its own`,
  input: (index, value, count, first) => `${at("x", index, first)} = ${exact(value)} · ${connections(count)}`,
  inputBack: (index, weights, first) => `back to ${at("x", index, first)}: ${added(weights)} · the weight of each line, times 1 from its output`,
  weightBack: (place, read) => `back to ${letter(place)}: ${added(read)} · what each of its lines read, times 1 from its output`,
  soFar: (count, weights) => `So far: ${connections(count)}, ${weights} ${weights === 1 ? "weight" : "weights"}.`,
}
