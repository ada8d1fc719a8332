// Equations as trees: a node is its kind and its fields, as app/equation/nodes.py names them, which makes the same.

import { words } from "../words.js"

const FEW = 3 // written, at most, of what is too long to write out
const MOST_COMPARED = 4 // terms that are written out of each of two sums
const LEAST_NAMED = 9 // with less room than this, the channels' sums go without their names
const TURNED = "∗" // marks the y of a true convolution

export const equationTree = (facts, conventions) => ["series", EQUATIONS[facts.kind](facts, conventions)]

const EQUATIONS = { sum: sums, stamp: (...given) => tallied(stamp(...given), ...given), column: (...given) => tallied(column(...given), ...given) }

// A sign is written as a text, a whole number as itself.
export const row = (...parts) => ["row", parts.map(part)]

function part(given) {
  if (typeof given === "string") return ["sign", given]
  return typeof given === "number" ? ["count", given] : given
}

export const number = (value, role = "", isResult = false) => ["number", value, role, isResult]
const name = (text, role = "") => ["name", text, role]

export function element(grid, index, { firstIndex }, role = "", mark = null) {
  return ["element", grid, listed(index.map((i) => ["count", i + firstIndex])), role, mark]
}

// Items with commas between them.
const listed = (items) => row(...items.flatMap((item) => [",", item]).slice(1))

// All of them where there is room, or the first few and how many there are.
function shortened(parts, { most }, said) {
  return parts.length <= Math.max(most, 1) ? parts : [...parts.slice(0, Math.min(most, FEW)), ["words", said(parts.length)]]
}

// a, b, c … in reading order of the kernel as it is drawn; beyond z with a number.
export function letter(index) {
  const turn = Math.floor(index / 26)
  return String.fromCharCode(97 + (index % 26)) + (turn || "")
}

// The sum of a window, and after it the one that it is compared with.
function sums(facts, conventions) {
  const { other } = facts
  if (!other) return equations(facts, conventions)
  const narrow = { ...conventions, most: Math.min(conventions.most, MOST_COMPARED) }
  return [...equations(facts, narrow), ...equations(other, narrow)]
}

// What y is, and what the activation makes of it; of two that are compared, without room, only this.
function equations(facts, conventions) {
  const { index, mark, y, a } = facts
  const left = element(conventions.result, index, conventions, "", mark)
  const activated = (argument) => row(name(conventions.activation), ["group", argument], "=", number(a, "output", true))
  if (a !== null && mark !== undefined && !conventions.most) return [activated(left)]
  const right = (facts.sums.length ? ledger : reduced)(facts, conventions)
  const sum = row(left, "=", ...(conventions.most ? [right, "="] : []), number(y, "output", true))
  return a === null ? [sum] : [sum, activated(number(y, "output"))]
}

// s[0] + s[1] + b = 2 − 3 + 1: the products of each channel stand on its plane.
function ledger(facts, conventions) {
  const [names, values] = channels(facts, conventions)
  const isNamed = conventions.most >= LEAST_NAMED
  const sum = ["sum", [...shortened(values, conventions, isNamed ? () => "…" : words.terms), ...bias(facts)]]
  const named = [...shortened(names, conventions, words.terms), ...bias(facts).map(() => name("b", "tap"))]
  return isNamed ? row(["sum", named], "=", sum) : sum
}

export function channels({ channel, place, sums }, conventions) {
  const names = sums.map((_, i) => element("s", [channel - place + i], conventions, "product"))
  return [names, sums.map((value) => number(value, "product"))]
}

const bias = ({ bias }) => (bias === null ? [] : [number(bias, "tap")])

// The products' sum, their largest, their mean, or the root of their powers' sum.
function reduced(facts, conventions) {
  const { reduction, power, divisor, factor } = facts
  const terms = products(facts, conventions)
  if (reduction === "max") return row(name("max"), ["group", listed(shortened(terms, conventions, words.numbers))])
  const sum = ["sum", [...shortened(terms, conventions, words.terms), ...bias(facts)]]
  if (reduction === "mean") return row(["group", sum], "/", divisor)
  const total = factor ? row(factor, "/", divisor, "·", ["group", sum]) : sum
  return power === 1 ? total : ["root", total, power === 2 ? null : power]
}

// In reading order. The letters of a turned kernel count from its end: each weight keeps its own.
export function products({ rows, power, mark }, { letters }) {
  const pairs = rows.flat()
  const weight = (w, place) => (letters ? name(letter(mark === TURNED ? pairs.length - 1 - place : place), "tap") : number(w, "tap"))
  return pairs.map(([x, w], place) => (w === null ? powered(x, power) : ["product", [number(x, "input"), weight(w, place)]]))
}

// x², or (−3)².
function powered(value, power) {
  const x = number(value, "input")
  if (power === 1) return x
  return ["power", value < 0 ? ["group", x] : x, power]
}

// x[index] · w = 5 · w = (5, 0, −10, 15), of two factors behind an activation; without weights x[index] / 4 = 8 / 4 = 2, or x[index] = 8 → its place in y.
function stamp(facts, conventions) {
  const { grid, index, weights, divisor, target } = facts
  const [x, value, w] = [element(grid, index, conventions, "input"), number(facts.y, "input"), name("w", "tap")]
  const read = facts.gate.length ? [number(facts.gate[0], "input"), "·", number(facts.gate[1], "input")] : [value]
  if (weights) return row(x, "·", w, "=", ...read, "·", w, "=", ["group", listed(shortened(stamped(facts, conventions), conventions, words.numbers))])
  if (divisor === null) return row(x, "=", ...read, "→", element(conventions.result, target ?? [], conventions, "output"))
  const share = facts.products[0].find((p) => p !== null)
  return row(x, "/", divisor, "=", ...read, "/", divisor, "=", number(share, "product", true))
}

// The stamp in reading order; where weights are letters, it says what is multiplied.
export function stamped({ y, products }, { letters }) {
  return products.flat().map((product, place) => {
    if (product === null) return ["sign", "–"]
    return letters ? ["product", [number(y, "input"), name(letter(place), "tap")]] : number(product, "product")
  })
}

// y[:, l] = its numbers.
function column({ grid, index, numbers }, conventions) {
  const role = grid === "y" ? "output" : "input"
  const entries = numbers.map((value) => number(value, role))
  const place = listed([["sign", ":"], ["count", index[0] + conventions.firstIndex]])
  return row(["element", grid, place, role, null], "=", ["transposed", ["group", listed(shortened(entries, conventions, words.numbers))]])
}

// The line, and after it what the first overlaps add up to.
function tallied(line, { tallies, overlaps, adds = true }, conventions) {
  const shown = tallies.slice(0, Math.floor(conventions.most / 3))
  const more = shown.length && shown.length < overlaps ? [["sign", "…"]] : []
  return [line, ...shown.map((each) => tally(each, conventions, adds)), ...more]
}

// y[index]: 2 + 3 = 5, or what is replaced by what.
function tally(facts, conventions, adds) {
  const [before, after] = [number(facts.before, "output"), number(facts.after, "output", true)]
  const sides = adds ? row(["sum", [before, number(facts.added, "product")]], "=", after) : row(before, "→", after)
  return ["labelled", element(conventions.result, facts.index, conventions, "output"), sides]
}
