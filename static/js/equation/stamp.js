// A stamp as a tree; app/equation/stamp.py makes the same.

import { EQUALS, element, letter, number, row } from "./tree.js"
import { BECOMES, matrix, tallied } from "./tally.js"

const TIMES = ["sign", "·"]

export function stampTree(facts, conventions) {
  const x = element(facts.grid, facts.index, conventions, "input")
  const value = number(facts.y, "input")
  const line = facts.weights ? product(facts, x, value, conventions) : share(facts, x, value, conventions)
  return tallied(line, facts, conventions, facts.adds)
}

// x[index] · w = 5 · (the kernel) = (the stamp)
function product({ weights, products }, x, value, { letters }) {
  const taps = weights.map((row, r) => row.map((w, c) => (letters ? ["name", letter(r * row.length + c), "tap"] : number(w, "tap"))))
  const stamped = products.map((row) => row.map((p) => (p === null ? TIMES : number(p, "product"))))
  const result = letters ? [] : [EQUALS, matrix(stamped)]
  return row(x, TIMES, ["name", "w", "tap"], EQUALS, value, TIMES, matrix(taps), ...result)
}

// x[index] · 1/4 = 8 · 1/4 = 2, or x[index] = 8 → its place in y
function share({ divisor, products, target }, x, value, conventions) {
  if (divisor === null) return row(x, EQUALS, value, BECOMES, element(conventions.result, target ?? [], conventions, "output"))
  const part = [TIMES, ["fraction", ["count", 1], ["count", divisor]], EQUALS]
  return row(x, ...part, value, ...part, number(products[0].find((p) => p !== null), "product", true))
}
