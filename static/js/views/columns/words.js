// What the columns say, ready for translation.

import { exact } from "../../format.js"
import { at } from "../../words.js"

const MOST = 6 // numbers that are said

const list = (numbers) => [...numbers.slice(0, MOST).map(exact), ...(numbers.length > MOST ? ["…"] : [])]
const columns = (count) => `${count} ${count === 1 ? "column" : "columns"}`
const cells = (count) => `${count} ${count === 1 ? "cell" : "cells"}`

// A step, in the words of those who cannot see it.
export function say(step, steps, index, value, first, { equation }) {
  const { grid, numbers, overlaps } = equation.column
  const start = `Step ${step + 1} of ${steps}.`
  const said = list(numbers).join(", ")
  if (grid === "y") return `${start} Window ${step + first} becomes column ${step + first}: ${said}.`
  const met = overlaps ? ` It adds to ${cells(overlaps)} that earlier columns have reached.` : ""
  return `${start} Column ${step + first} lands where window ${step + first} was: ${said}.${met}`
}

export const words = {
  copy: (letter, entry, source, value, first) =>
    `${at(letter, entry, first)} = ${source ? `${at(...source, first)} = ${exact(value)}` : `${exact(value)} · a zero of the padding`}`,
  factor: (sentence, row) => `${sentence} · multiplies row ${row} of X`,
  copied: (index, value, count, first) => {
    const name = index ? `${at("x", index, first)} = ${exact(value)}` : "padding (zeros): 0"
    return count ? `${name} · stands in ${columns(count)}` : `${name} · no window reads it`
  },
  lands: (entry, target, value, first) =>
    `${at("x", entry, first)} = ${exact(value)} · ${target ? `lands on ${at("y", target, first)}` : "lands in the rim, which is cut off"}`,
  sum: (index, terms, total, first) => {
    if (!index) return terms.length ? `outside y: what ${columns(terms.length)} left here is cut off` : "outside y: cut off"
    const name = at("y", index, first)
    if (!terms.length) return `${name} = 0 · no column lands here`
    const end = terms.length > 1 && total !== null ? ` = ${exact(total)}` : ""
    return `${name} = ${list(terms).join(" + ")}${end} · from ${columns(terms.length)}`
  },
}
