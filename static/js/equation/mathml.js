// A tree as MathML, coloured by the classes of its roles; app/equation/mathml.py writes the same.

import { MINUS, short } from "../format.js"

const ATOMS = ["number", "count", "name", "words", "element"]

const mathml = ([kind, ...fields]) => WRITERS[kind](...fields)

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
  group: (content) => `<mrow><mo>(</mo>${mathml(content)}<mo>)</mo></mrow>`,
  power: (base, exponent) => `<msup>${boxed(base)}<mn>${exponent}</mn></msup>`,
  transposed: (content) => `<msup>${mathml(content)}<mi mathvariant="normal">T</mi></msup>`,
  root: (content, degree) => (degree === null ? `<msqrt>${mathml(content)}</msqrt>` : `<mroot>${boxed(content)}<mn>${degree}</mn></mroot>`),
  labelled: (label, content) => `${mathml(label)}<mo>:</mo>${mathml(content)}`,
  words: (words) => `<mtext>${words}</mtext>`,
  series: (each) => each.map(mathml).join('<mo>,</mo><mspace width="1em"/>'),
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

const joined = (nodes, sign) => nodes.map(mathml).join(`<mo>${sign}</mo>`)

// Markup of one element, as the parts of a fraction have to be.
const boxed = (node) => (ATOMS.includes(node[0]) ? mathml(node) : `<mrow>${mathml(node)}</mrow>`)

// A whole formula.
export const math = (node) => `<math><mrow>${mathml(node)}</mrow></math>`
