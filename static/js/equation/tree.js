// Equations as trees: a node is its kind and its fields, as app/equation/nodes.py names them. Here are the parts that all
// share, and the sum of a window; stamps and columns have files of their own, fetched with their views.

const MOST = 7 // larger kernels are written with dots after this many rows and columns
const TURNED = "∗" // marks the y of a true convolution

const DOTS = ["sign", "…"]
export const EQUALS = ["sign", "="]

export const number = (value, role = "", isResult = false) => ["number", value, role, isResult]
export const row = (...parts) => ["row", parts]

export function element(grid, index, { firstIndex }, role = "", mark = null) {
  return ["element", grid, listed(index.map((i) => ["count", i + firstIndex])), role, mark]
}

// Items with commas between them.
export const listed = (items) => row(...items.flatMap((item) => [["sign", ","], item]).slice(1))

// The first of them, and dots for the others.
export const shortened = (parts, most = MOST) => (parts.length > most ? [...parts.slice(0, most), DOTS] : parts)

export function shortenedRows(rows) {
  const shown = rows.slice(0, MOST).map((row) => shortened(row))
  return rows.length > MOST ? [...shown, [DOTS]] : shown
}

// a, b, c … in reading order of the kernel as it is drawn; beyond z with a number.
export function letter(index) {
  const turn = Math.floor(index / 26)
  return String.fromCharCode(97 + (index % 26)) + (turn || "")
}

// The sum, and the one that it is compared with.
export function sumTree(facts, conventions) {
  if (facts.mark === undefined) return lines(facts, conventions)
  const each = facts.other ? [facts, facts.other] : [facts]
  return ["compared", each.map((compared) => lines(compared, conventions))]
}

// The products of one channel, the channels' sums under it, and what the activation makes of y.
function lines(facts, conventions) {
  const { sums, y, a } = facts
  const left = element(conventions.result, facts.index, conventions, "", facts.mark)
  const bias = facts.bias === null ? [] : [number(facts.bias, "tap")]
  const products = reduced(facts, conventions)
  const written = []
  if (sums.length) {
    const channel = element("s", [facts.channel], conventions)
    written.push(row(channel, EQUALS, products, EQUALS, number(sums[facts.place], "product", true)))
  }
  const terms = sums.length ? shortened(sums.map((value) => number(value, "product"))) : [products]
  written.push(row(left, EQUALS, ["sum", [...terms, ...bias]], EQUALS, number(y, "output", true)))
  if (a !== null) {
    const call = [["name", conventions.activation, ""], ["sign", "("], number(y, "output"), ["sign", ")"]]
    written.push(row(...call, EQUALS, number(a, "output", true)))
  }
  return ["lines", written]
}

// The products' sum, their largest, their mean, or the root of their powers' sum.
function reduced(facts, conventions) {
  const { reduction, power, divisor, factor } = facts
  const products = table(facts, conventions)
  if (reduction === "max") return row(["name", "max", ""], ["group", products])
  if (reduction === "mean") return ["fraction", products, ["count", divisor]]
  if (reduction === "power") {
    const scale = factor ? [["fraction", ["count", factor], ["count", divisor]], ["sign", "·"]] : []
    return ["root", row(...scale, ["group", products]), power]
  }
  return products
}

// The products, laid out as the kernel is. The letters of a turned kernel count from its end: each weight keeps its own.
function table({ rows, reduction, power, mark }, { letters }) {
  const cols = rows[0].length
  const last = rows.flat().length - 1
  const weight = (w, place) => (letters ? ["name", letter(mark === TURNED ? last - place : place), "tap"] : number(w, "tap"))
  const term = (x, w, place) => {
    if (w !== null) return ["product", [x, weight(w, place)]]
    return power > 1 ? ["power", x, power] : x
  }
  const terms = rows.map((row, r) => row.map(([x, w], c) => term(number(x, "input"), w, r * cols + c)))
  return ["table", shortenedRows(terms), reduction === "max" ? "," : "+"]
}
