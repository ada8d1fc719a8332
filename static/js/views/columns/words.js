// What the columns say, ready for translation.

import { exact } from "../../format.js"
import { at } from "../../words.js"
import { copy, counted, list, rim, sum } from "../common/words.js"

const MOST = 6 // numbers that are said

// A step, in the words of those who cannot see it.
export function say(step, steps, index, value, first, { equation }) {
  const { grid, numbers, overlaps } = equation
  const start = `Step ${step + 1} of ${steps}.`
  const said = list(numbers.map(exact), MOST).join(", ")
  if (grid === "y") return `${start} Window ${step + first} becomes column ${step + first}: ${said}.`
  const met = overlaps ? ` It adds to ${counted(overlaps, "cell")} that earlier columns have reached.` : ""
  return `${start} Column ${step + first} lands where window ${step + first} was: ${said}.${met}`
}

export const words = {
  copy,
  copied: (index, value, count, first) => {
    const name = index ? `${at("x", index, first)} = ${exact(value)}` : "padding (zeros): 0"
    return count ? `${name} · stands in ${counted(count, "column")}` : `${name} · no window reads it`
  },
  lands: (entry, target, value, first) =>
    `${at("x", entry, first)} = ${exact(value)} · ${target ? `lands on ${at("y", target, first)}` : "lands in the rim, which is cut off"}`,
  sum: (index, terms, total, first) => {
    if (!index) return rim("y", terms.length, "column")
    const name = at("y", index, first)
    if (!terms.length) return `${name} = 0 · no column lands here`
    return sum(name, terms.map(exact), total, { most: MOST, noun: "column" })
  },
}
