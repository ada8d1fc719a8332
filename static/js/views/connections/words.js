// What the view connections says, ready for translation.

import { letter } from "../../equation/tree.js"
import { exact, short } from "../../format.js"
import { at } from "../../words.js"

const connections = (count) => `${count} ${count === 1 ? "connection" : "connections"}`

// What flows back over some connections: over each a factor, times what comes from above.
const MOST = 5
const signed = (value) => (value < 0 ? `(${short(value)})` : short(value))

function added(flows) {
  const terms = flows.slice(0, MOST).map(([factor, above]) => `${signed(factor)}·${signed(above)}`)
  const total = flows.reduce((sum, [factor, above]) => sum + factor * above, 0)
  return `${[...terms, ...(flows.length > MOST ? ["…"] : [])].join(" + ") || "nothing"} = ${short(total)}`
}

export const words = {
  step: (step, steps, index, y, count, first) => `Step ${step + 1} of ${steps}. ${connections(count)} reach ${at("y", index, first)}, which is ${exact(y)}.`,
  ownWeight: (x, y, first) => `from ${at("x", x, first)} to ${at("y", y, first)} · a weight of its own`,
  shared: (place, value, count) => `${letter(place)} = ${exact(value)} · one weight, shared by ${connections(count)}`,
  many: (count) => `${connections(count)} have this place in their window, each with a weight of its own`,
  input: (index, value, count, first) => `${at("x", index, first)} = ${exact(value)} · ${connections(count)}`,
  inputBack: (index, flows, first) => `back to ${at("x", index, first)}: ${added(flows)} · the weight of each line, times what comes from above`,
  weightBack: (place, flows) => `back to ${letter(place)}: ${added(flows)} · what each of its lines read, times what comes from above`,
  above: (index, value, count, first) => `from above to ${at("y", index, first)}: ${exact(value)} · goes back over ${connections(count)}`,
  soFar: (count, weights) => `So far: ${connections(count)}, ${weights} ${weights === 1 ? "weight" : "weights"}.`,
}
