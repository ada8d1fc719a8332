// What the scatter says, ready for translation.

import { exact } from "../../format.js"
import { at } from "../../words.js"

const MOST = 4 // terms of a sum that are said

const stamps = (count) => `${count} ${count === 1 ? "stamp" : "stamps"}`

// A step, in the words of those who cannot see it.
export function say(step, steps, index, value, first, { equation, outlines }) {
  const { grid, overlaps } = equation.stamp
  const cells = outlines.find(({ role }) => role === "output")?.cells.length ?? 0
  const met = overlaps ? ` It meets earlier stamps in ${overlaps} ${overlaps === 1 ? "cell" : "cells"}.` : ""
  return `Step ${step + 1} of ${steps}. ${at(grid, index, first)} = ${exact(value)} lands on ${cells} ${cells === 1 ? "cell" : "cells"}.${met}`
}

export const words = {
  data: (grid, index, value, cells, first) =>
    `${at(grid, index, first)} = ${exact(value)} · its stamp lands on ${cells} ${cells === 1 ? "cell" : "cells"}`,
  result: (index, terms, sum, first) => {
    const name = at("y", index, first)
    if (!terms.length) return `${name}: no stamp lands here`
    const said = [...terms.slice(0, MOST), ...(terms.length > MOST ? ["…"] : [])].join(" + ")
    const end = sum === null || said === exact(sum) ? "" : ` = ${exact(sum)}`
    return `${name} = ${said}${end} · from ${stamps(terms.length)}`
  },
  term: (value, weight) => `${exact(value)}·${exact(weight)}`,
  share: (value, divisor) => `${exact(value)}/${divisor}`,
  plain: (value) => exact(value),
  rim: (count) => (count ? `outside y: what ${stamps(count)} left here is cut off` : "outside y: cut off"),
  weight: (grid, index, value, count, first) =>
    `${at(grid, index, first)} = ${exact(value)} · lands on ${count} ${count === 1 ? "cell" : "cells"}, once for each number`,
  product: (value, weight, product, index, first) =>
    `${exact(value)} · ${exact(weight)} = ${exact(product)}${index ? ` · lands on ${at("y", index, first)}` : " · lands outside y"}`,
  landed: (product, index, first) => `${exact(product)}${index ? ` · lands on ${at("y", index, first)}` : " · lands outside y"}`,
  won: (index, value, count, first) =>
    `${at("x", index, first)} = ${exact(value)} · won ${count === 0 ? "no window" : count === 1 ? "1 window" : `${count} windows`}`,
  bias: (value) => `bias = ${exact(value)} · added to every output of its filter, once all stamps have landed`,
}
