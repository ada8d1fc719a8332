// The equation of a step as MathML, coloured by role. app/painters/mathml.py writes the same for the first step.

import { MINUS, short } from "./format.js"

const MOST = 7

export function equationMarkup(equation, { firstIndex, letters, activation }) {
  const index = equation.index.map((i) => `<mn>${i + firstIndex}</mn>`).join("<mo>,</mo>")
  const left = `<msub><mi>y</mi><mrow>${index}</mrow></msub>`
  const many = equation.sums.length > 0
  const start = many ? `<msub><mi>s</mi><mrow><mn>${equation.channel + firstIndex}</mn></mrow></msub>` : left
  const bias = many || equation.bias === null ? "" : added(equation.bias, "tap")
  const result = many ? number(equation.sums[equation.place], "product result") : number(equation.y, "output result")
  const lines = [`${start}<mo>=</mo>${table(equation, letters)}${bias}<mo>=</mo>${result}`]
  if (many) lines.push(`${left}<mo>=</mo>${ledger(equation)}<mo>=</mo>${number(equation.y, "output result")}`)
  if (equation.a !== null) {
    const argument = `<mo>(</mo>${number(equation.y, "output")}<mo>)</mo>`
    lines.push(`<mi>${activation}</mi>${argument}<mo>=</mo>${number(equation.a, "output result")}`)
  }
  return lines.map((line) => `<math display="block"><mrow>${line}</mrow></math>`).join("")
}

function table({ rows }, letters) {
  const cols = rows[0].length
  const lines = rows.slice(0, MOST).map((row, r) => {
    const terms = row.slice(0, MOST).map(([x, w], c) => term(x, w, letters ? letter(r * cols + c) : null))
    return (r ? '<mo form="infix">+</mo>' : "") + terms.join("<mo>+</mo>") + (cols > MOST ? "<mo>+</mo><mo>…</mo>" : "")
  })
  if (rows.length > MOST) lines.push("<mo>+</mo><mo>…</mo>")
  return `<mtable class="cols-${Math.min(cols, MOST)}">${lines.map((line) => `<mtr><mtd>${line}</mtd></mtr>`).join("")}</mtable>`
}

function term(x, w, name) {
  const weight = name ? `<mi class="tap">${name}</mi>` : number(w, "tap")
  const idle = x === 0 || (w === 0 && !name) ? ' class="zero"' : ""
  return `<mrow${idle}>${number(x, "input")}<mo>·</mo>${weight}</mrow>`
}

function ledger({ sums, bias }) {
  const [first, ...rest] = sums.slice(0, MOST)
  const dots = sums.length > MOST ? plus("<mo>…</mo>") : ""
  const further = rest.map((sum) => added(sum, "product")).join("")
  return number(first, "product") + further + dots + (bias === null ? "" : added(bias, "tap"))
}

// A further summand: what is negative is taken away.
const added = (value, role) => `<mo>${value < 0 ? MINUS : "+"}</mo>${number(Math.abs(value), role)}`

const plus = (what) => `<mo>+</mo>${what}`

function number(value, role) {
  const text = short(value)
  if (text.startsWith(MINUS)) {
    return `<mrow class="${role}"><mo form="prefix">${MINUS}</mo><mn>${text.slice(1)}</mn></mrow>`
  }
  return `<mn class="${role}">${text}</mn>`
}

// a, b, c … in reading order of the kernel as it is drawn; beyond z with a number.
export function letter(index) {
  const turn = Math.floor(index / 26)
  return String.fromCharCode(97 + (index % 26)) + (turn || "")
}
