// What the scatter says, ready for translation.

import { exact } from "../../format.js"
import { at } from "../../words.js"
import { counted, rim, sum } from "../common/words.js"

const MOST = 4 // terms of a sum that are said

// A step, in the words of those who cannot see it.
export function say(step, steps, index, value, first, { equation, outlines }) {
  const { grid, overlaps } = equation.stamp
  const cells = outlines.find(({ role }) => role === "output")?.cells.length ?? 0
  const met = overlaps ? ` It meets earlier stamps in ${counted(overlaps, "cell")}.` : ""
  return `Step ${step + 1} of ${steps}. ${at(grid, index, first)} = ${exact(value)} lands on ${counted(cells, "cell")}.${met}`
}

export const words = {
  data: (grid, index, value, cells, first) =>
    `${at(grid, index, first)} = ${exact(value)} · its stamp lands on ${counted(cells, "cell")}`,
  result: (index, terms, total, first) =>
    terms.length ? sum(index, terms, total, first, { most: MOST, noun: "stamp" }) : `${at("y", index, first)}: no stamp lands here`,
  term: (value, weight) => `${exact(value)}·${exact(weight)}`,
  share: (value, divisor) => `${exact(value)}/${divisor}`,
  plain: (value) => exact(value),
  rim: (count) => rim(count, "stamp"),
  weight: (grid, index, value, count, first) =>
    `${at(grid, index, first)} = ${exact(value)} · lands on ${counted(count, "cell")}, once for each number`,
  product: (value, weight, product, index, first) =>
    `${exact(value)} · ${exact(weight)} = ${exact(product)}${index ? ` · lands on ${at("y", index, first)}` : " · lands outside y"}`,
  landed: (product, index, first) => `${exact(product)}${index ? ` · lands on ${at("y", index, first)}` : " · lands outside y"}`,
  won: (index, value, count, first) =>
    `${at("x", index, first)} = ${exact(value)} · won ${count ? counted(count, "window") : "no window"}`,
  bias: (value) => `bias = ${exact(value)} · added to every output of its filter, once all stamps have landed`,
}
