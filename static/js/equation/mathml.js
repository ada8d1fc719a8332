// A tree as MathML, coloured by the classes of its roles; app/equation/mathml.py writes the same.

import { MINUS, short } from "../format.js"

const ATOMS = ["number", "count", "name", "element"]

export const mathml = ([kind, ...fields]) => WRITERS[kind](...fields)

const WRITERS = {
  number: (value, role, isResult) => digits(short(value), isResult ? `${role} ${Number.isNaN(value) ? "asked" : "result"}` : role),
  count: (value) => `<mn>${value}</mn>`,
  // A letter with a bar over it has to be asked to slant.
  name: (name, role) => `<mi${classed(name.endsWith("\u0304") ? `${role} bar`.trim() : role)}>${name}</mi>`,
  sign: (sign) => `<mo>${sign}</mo>`,
  element: (grid, index, role, mark) => {
    const parts = `${mathml(["name", grid, role])}<mrow>${mathml(index)}</mrow>`
    return mark === null ? `<msub>${parts}</msub>` : `<msubsup>${parts}<mo>${mark}</mo></msubsup>`
  },
  row: (parts) => parts.map(mathml).join(""),
  sum: ([first, ...further]) => mathml(first) + further.map(added).join(""),
  product: (factors) => `<mrow${classed(factors.some(isZero) ? "zero" : "")}>${joined(factors, "·")}</mrow>`,
  table: (rows, sign) => {
    const [start, end] = sign === "," ? ["", "<mo>,</mo>"] : [`<mo form="infix">${sign}</mo>`, ""]
    const lines = rows.map((row) => joined(row, sign)).join(`${end}</mtd></mtr><mtr><mtd>${start}`)
    return `<mtable class="cols-${width(rows)}"><mtr><mtd>${lines}</mtd></mtr></mtable>`
  },
  matrix: (rows) => {
    const lines = rows.map((row) => `<mtr>${row.map((cell) => `<mtd>${mathml(cell)}</mtd>`).join("")}</mtr>`).join("")
    return parenthesised(`<mtable class="matrix cols-${width(rows)}">${lines}</mtable>`)
  },
  group: (content) => parenthesised(mathml(content)),
  power: (base, exponent) => `<msup>${boxed(base)}<mn>${exponent}</mn></msup>`,
  transposed: (content) => `<msup>${mathml(content)}<mi mathvariant="normal">T</mi></msup>`,
  fraction: (top, bottom) => `<mfrac>${boxed(top)}${boxed(bottom)}</mfrac>`,
  root: (content, degree) => `<mroot>${boxed(content)}<mn>${degree}</mn></mroot>`,
  labelled: (label, content) => `${mathml(label)}<mo>:</mo>${mathml(content)}`,
  lines: (lines) => lines.map(block).join(""),
  tallied: (line, tallies, more) => {
    const written = tallies.map((tally) => `<math><mrow>${mathml(tally)}</mrow></math>`).join("")
    return `${block(line)}<div class="tallies">${written}${more ? "<span>…</span>" : ""}</div>`
  },
  compared: (each) => each.map((lines) => `<div>${mathml(lines)}</div>`).join(""),
}

const classed = (names) => (names ? ` class="${names}"` : "")

// Digits, and before them a minus sign that is no operator between two terms.
function digits(text, names) {
  if (!text.startsWith(MINUS)) return `<mn${classed(names)}>${text}</mn>`
  return `<mrow${classed(names)}><mo form="prefix">${MINUS}</mo><mn>${text.slice(1)}</mn></mrow>`
}

const isZero = ([kind, value]) => kind === "number" && value === 0

// A further summand.
function added(term) {
  const [kind, value, ...fields] = term
  return kind === "number" && value < 0 ? `<mo>${MINUS}</mo>${mathml([kind, -value, ...fields])}` : `<mo>+</mo>${mathml(term)}`
}

// How many columns are written out.
const width = ([first]) => first.filter(([, value]) => value !== "…").length

const joined = (nodes, sign) => nodes.map(mathml).join(`<mo>${sign}</mo>`)

const parenthesised = (markup) => `<mrow><mo>(</mo>${markup}<mo>)</mo></mrow>`

// Markup of one element, as the parts of a fraction have to be.
const boxed = (node) => (ATOMS.includes(node[0]) ? mathml(node) : `<mrow>${mathml(node)}</mrow>`)

const block = (line) => `<math display="block"><mrow>${mathml(line)}</mrow></math>`
