// The equation of a stamp as MathML, coloured by role. app/painters/mathml.py writes the same for the first step.

import { gridName, letter } from "../../equation.js"
import { MINUS, short } from "../../format.js"

const MOST = 7

export function stampMarkup({ index, y, stamp }, { firstIndex, letters, result = "y" }) {
  const value = number(y, "input")
  const line = element(stamp.grid, index, "input", firstIndex) + told(stamp, value, { firstIndex, letters, result })
  const tallies = stamp.tallies.map((each) => tally(each, stamp.adds, firstIndex, result)).join("")
  const further = stamp.overlaps > stamp.tallies.length ? "<span>…</span>" : ""
  return `<math display="block"><mrow>${line}</mrow></math><div class="tallies">${tallies}${further}</div>`
}

function told(stamp, value, { firstIndex, letters, result }) {
  if (stamp.weights) {
    const landed = letters ? "" : `<mo>=</mo>${matrix(productRows(stamp))}`
    return `<mo>·</mo><mi class="tap">w</mi><mo>=</mo>${value}<mo>·</mo>${matrix(tapRows(stamp.weights, letters))}${landed}`
  }
  if (stamp.divisor !== null) {
    const share = number(stamp.products[0].find((p) => p !== null), "product result")
    const part = `<mo>·</mo><mfrac><mn>1</mn><mn>${stamp.divisor}</mn></mfrac><mo>=</mo>`
    return `${part}${value}${part}${share}`
  }
  return `<mo>=</mo>${value}<mo>→</mo>${element(result, stamp.target ?? [], "output", firstIndex)}`
}

function element(grid, index, role, firstIndex) {
  const places = index.map((i) => `<mn>${i + firstIndex}</mn>`).join("<mo>,</mo>")
  return `<msub>${gridName(grid, role)}<mrow>${places}</mrow></msub>`
}

function tapRows(weights, letters) {
  const cols = weights[0].length
  return weights.map((row, r) => row.map((w, c) => (letters ? `<mi class="tap">${letter(r * cols + c)}</mi>` : number(w, "tap"))))
}

// What lands; a dot for a place that lands nowhere.
const productRows = ({ products }) => products.map((row) => row.map((p) => (p === null ? "<mo>·</mo>" : number(p, "product"))))

function matrix(rows) {
  const dots = "<mo>…</mo>"
  const shown = rows.slice(0, MOST).map((row) => [...row.slice(0, MOST), ...(row.length > MOST ? [dots] : [])])
  if (rows.length > MOST) shown.push([dots])
  const lines = shown.map((row) => `<mtr>${row.map((entry) => `<mtd>${entry}</mtd>`).join("")}</mtr>`).join("")
  return `<mrow><mo>(</mo><mtable class="matrix cols-${Math.min(rows[0].length, MOST)}">${lines}</mtable><mo>)</mo></mrow>`
}

// y[index]: 2 + 3 = 5, or what is replaced by what.
function tally({ index, before, added, after }, adds, firstIndex, result) {
  const end = number(after, "output result")
  const sums = adds ? `<mo>${added < 0 ? MINUS : "+"}</mo>${number(Math.abs(added), "product")}<mo>=</mo>${end}` : `<mo>→</mo>${end}`
  return `<math><mrow>${element(result, index, "output", firstIndex)}<mo>:</mo>${number(before, "output")}${sums}</mrow></math>`
}

function number(value, role) {
  const text = short(value)
  if (!text.startsWith(MINUS)) return `<mn class="${role}">${text}</mn>`
  return `<mrow class="${role}"><mo form="prefix">${MINUS}</mo><mn>${text.slice(1)}</mn></mrow>`
}
