// What the scatter says, ready for translation.

import { exact } from "../../format.js"
import { at } from "../../words.js"
import { counted, rim, sum } from "../common/words.js"

const MOST = 4 // terms of a sum that are said

// A step, in the words of those who cannot see it.
export function say(step, steps, index, value, first, { equation, outlines }) {
  const { grid, overlaps } = equation
  const cells = outlines.find(({ role }) => role === "output")?.cells.length ?? 0
  const met = overlaps ? ` It meets earlier stamps in ${counted(overlaps, "cell")}.` : ""
  return `Step ${step + 1} of ${steps}. ${at(grid, index, first)} = ${exact(value)} lands on ${counted(cells, "cell")}.${met}`
}

export const words = {
  data: (grid, index, value, cells, first) =>
    `${at(grid, index, first)} = ${exact(value)} · its stamp lands on ${counted(cells, "cell")}`,
  result: (name, terms, total) => (terms.length ? sum(name, terms, total, { most: MOST, noun: "stamp" }) : `${name}: no stamp lands here`),
  term: (value, weight) => `${exact(value)}·${exact(weight)}`,
  share: (value, divisor) => `${exact(value)}/${divisor}`,
  plain: (value) => exact(value),
  rim: (name, count) => rim(name, count, "stamp"),
  weight: (grid, index, value, count, first) =>
    `${at(grid, index, first)} = ${exact(value)} · lands on ${counted(count, "cell")}, once for each number`,
  product: (value, weight, product, where) => `${exact(value)} · ${exact(weight)} = ${exact(product)} · lands ${where}`,
  landed: (product, where) => `${exact(product)} · lands ${where}`,
  where: (name, index, first) => (index ? `on ${at(name, index, first)}` : `outside ${name}`),
  won: (index, value, count, first) =>
    `${at("x", index, first)} = ${exact(value)} · won ${count ? counted(count, "window") : "no window"}`,
  bias: (value) => `bias = ${exact(value)} · added to every output of its filter, once all stamps have landed`,
}
