// A column of a matrix as a tree; app/equation/column.py makes the same.

import { EQUALS, listed, number, row, shortened } from "./tree.js"
import { BECOMES, matrix, tallied } from "./tally.js"

const MOST_WINDOWS = 3
const MOST_NUMBERS = 9

export function columnTree(facts, conventions) {
  const isCopy = facts.grid === "y"
  const [role, other] = isCopy ? ["output", "input"] : ["input", "product"]
  const index = listed([["sign", ":"], ["count", facts.index[0] + conventions.firstIndex]])
  const shown = shortened(facts.numbers.map((value) => number(value, role)), MOST_NUMBERS)
  const numbers = ["transposed", ["group", listed(shown)]]
  const sides = isCopy ? [["name", "vec", ""], windows(facts, other), EQUALS, numbers] : [numbers, BECOMES, windows(facts, other)]
  const line = row(["element", facts.grid, index, role, null], EQUALS, ...sides)
  return isCopy ? ["lines", [line]] : tallied(line, facts, conventions)
}

// One matrix for each channel.
function windows({ shape: [planes, rows, cols], numbers }, role) {
  const entries = chunks(numbers.map((value) => number(value, role)), cols)
  const each = chunks(entries, rows).map(matrix)
  return planes === 1 ? each[0] : ["group", listed(shortened(each, MOST_WINDOWS))]
}

const chunks = (list, size) => Array.from({ length: list.length / size }, (_, i) => list.slice(i * size, (i + 1) * size))
