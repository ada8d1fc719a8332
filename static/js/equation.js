// The equation of a step as MathML, coloured by role. app/painters/mathml.py writes the same for the first step.

import { MINUS, short } from "./format.js"

const MOST = 7

export function equationMarkup(equation, { firstIndex, letters, activation, result = "y" }) {
  const index = equation.index.map((i) => `<mn>${i + firstIndex}</mn>`).join("<mo>,</mo>")
  const left = `<msub>${gridName(result)}<mrow>${index}</mrow></msub>`
  const many = equation.sums.length > 0
  const start = many ? `<msub><mi>s</mi><mrow><mn>${equation.channel + firstIndex}</mn></mrow></msub>` : left
  const bias = many || equation.bias === null ? "" : added(equation.bias, "tap")
  const total = many ? number(equation.sums[equation.place], "product result") : number(equation.y, "output result")
  const lines = [`${start}<mo>=</mo>${reduced(equation, letters)}${bias}<mo>=</mo>${total}`]
  if (many) lines.push(`${left}<mo>=</mo>${ledger(equation)}<mo>=</mo>${number(equation.y, "output result")}`)
  if (equation.a !== null) {
    const argument = `<mo>(</mo>${number(equation.y, "output")}<mo>)</mo>`
    lines.push(`<mi>${activation}</mi>${argument}<mo>=</mo>${number(equation.a, "output result")}`)
  }
  return lines.map((line) => `<math display="block"><mrow>${line}</mrow></math>`).join("")
}

// What a grid is called, in the colour of its role. A letter with a bar over it has to be asked to slant.
export function gridName(name, role = "") {
  const classes = [role, name.endsWith("\u0304") ? "bar" : ""].filter(Boolean).join(" ")
  return classes ? `<mi class="${classes}">${name}</mi>` : `<mi>${name}</mi>`
}

// The products' sum, their largest, their mean, or the root of their powers' sum.
function reduced(equation, letters) {
  const { reduction, divisor, factor, power } = equation
  const terms = table(equation, letters)
  if (reduction === "max") return `<mi>max</mi><mrow><mo>(</mo>${terms}<mo>)</mo></mrow>`
  if (reduction === "mean") return `<mfrac><mrow>${terms}</mrow><mn>${divisor}</mn></mfrac>`
  if (reduction !== "power") return terms
  const scaled = factor ? `<mfrac><mn>${factor}</mn><mn>${divisor}</mn></mfrac><mo>·</mo>` : ""
  return `<mroot><mrow>${scaled}<mo>(</mo>${terms}<mo>)</mo></mrow><mn>${power}</mn></mroot>`
}

function table({ rows, reduction, power }, letters) {
  const cols = rows[0].length
  const isMax = reduction === "max"
  const sign = `<mo>${isMax ? "," : "+"}</mo>`
  const leading = isMax ? "" : '<mo form="infix">+</mo>'
  const lines = rows.slice(0, MOST).map((row, r) => {
    const terms = row.slice(0, MOST).map(([x, w], c) => term(x, w, letters ? letter(r * cols + c) : null, power))
    const dots = cols > MOST ? `${sign}<mo>…</mo>` : ""
    return (r ? leading : "") + terms.join(sign) + dots + (isMax && r < rows.length - 1 ? sign : "")
  })
  if (rows.length > MOST) lines.push(`${leading}<mo>…</mo>`)
  return `<mtable class="cols-${Math.min(cols, MOST)}">${lines.map((line) => `<mtr><mtd>${line}</mtd></mtr>`).join("")}</mtable>`
}

function term(x, w, name, power) {
  if (w === null) return power > 1 ? `<msup>${number(x, "input")}<mn>${power}</mn></msup>` : number(x, "input")
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
