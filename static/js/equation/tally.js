// What overlaps add up to, under the equation of a stamp or a column; app/equation/parts.py makes the same.

import { EQUALS, element, number, row, shortenedRows } from "./tree.js"

export const BECOMES = ["sign", "→"]

export const matrix = (rows) => ["matrix", shortenedRows(rows)]

export function tallied(line, { tallies, overlaps }, conventions, adds = true) {
  return ["tallied", line, tallies.map((each) => tally(each, conventions, adds)), overlaps > tallies.length]
}

// y[index]: 2 + 3 = 5, or what is replaced by what.
function tally(facts, conventions, adds) {
  const [before, after] = [number(facts.before, "output"), number(facts.after, "output", true)]
  const sides = adds ? [["sum", [before, number(facts.added, "product")]], EQUALS] : [before, BECOMES]
  return ["labelled", element(conventions.result, facts.index, conventions, "output"), row(...sides, after)]
}
