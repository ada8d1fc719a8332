// A column as MathML, coloured by role. app/painters/mathml.py writes the same for the first step.

import { MINUS, short } from "../../format.js"

const MOST = 7
const MOST_PATCHES = 3
const MOST_ENTRIES = 9

export function columnMarkup({ index, column }, { firstIndex }) {
  const isCopy = column.grid === "y"
  const [role, other] = isCopy ? ["output", "input"] : ["input", "product"]
  const name = `<msub><mi class="${role}">${column.grid}</mi><mrow><mo>:</mo><mo>,</mo><mn>${index[0] + firstIndex}</mn></mrow></msub><mo>=</mo>`
  const [patches, numbers] = [windows(column, other), entries(column, role)]
  const told = isCopy ? `<mi>vec</mi>${patches}<mo>=</mo>${numbers}` : `${numbers}<mo>→</mo>${patches}`
  const line = `<math display="block"><mrow>${name}${told}</mrow></math>`
  if (isCopy) return line
  const tallies = column.tallies.map((each) => tally(each, firstIndex)).join("")
  const further = column.overlaps > column.tallies.length ? "<span>…</span>" : ""
  return `${line}<div class="tallies">${tallies}${further}</div>`
}

// The windows of a column as matrices, one for each channel.
function windows({ shape: [planes, rows, cols], numbers }, role) {
  const lines = chunks(numbers.map((value) => number(value, role)), cols)
  const shown = chunks(lines, rows).slice(0, MOST_PATCHES).map(matrix)
  const joined = [...shown, ...(planes > MOST_PATCHES ? ["<mo>…</mo>"] : [])].join("<mo>,</mo>")
  return planes === 1 ? joined : `<mrow><mo>(</mo>${joined}<mo>)</mo></mrow>`
}

function matrix(rows) {
  const dots = "<mo>…</mo>"
  const shown = rows.slice(0, MOST).map((row) => [...row.slice(0, MOST), ...(row.length > MOST ? [dots] : [])])
  if (rows.length > MOST) shown.push([dots])
  const lines = shown.map((row) => `<mtr>${row.map((entry) => `<mtd>${entry}</mtd>`).join("")}</mtr>`).join("")
  return `<mrow><mo>(</mo><mtable class="matrix cols-${Math.min(rows[0].length, MOST)}">${lines}</mtable><mo>)</mo></mrow>`
}

// The column laid down: (6, 7, 10, 11)ᵀ.
function entries({ numbers }, role) {
  const shown = numbers.slice(0, MOST_ENTRIES).map((value) => number(value, role))
  const inner = [...shown, ...(numbers.length > MOST_ENTRIES ? ["<mo>…</mo>"] : [])].join("<mo>,</mo>")
  return `<msup><mrow><mo>(</mo>${inner}<mo>)</mo></mrow><mi mathvariant="normal">T</mi></msup>`
}

// y[index]: 2 + 3 = 5.
function tally({ index, before, added, after }, firstIndex) {
  const places = index.map((i) => `<mn>${i + firstIndex}</mn>`).join("<mo>,</mo>")
  const name = `<msub><mi class="output">y</mi><mrow>${places}</mrow></msub>`
  const sum = `${number(before, "output")}<mo>${added < 0 ? MINUS : "+"}</mo>${number(Math.abs(added), "product")}`
  return `<math><mrow>${name}<mo>:</mo>${sum}<mo>=</mo>${number(after, "output result")}</mrow></math>`
}

function number(value, role) {
  const text = short(value)
  if (!text.startsWith(MINUS)) return `<mn class="${role}">${text}</mn>`
  return `<mrow class="${role}"><mo form="prefix">${MINUS}</mo><mn>${text.slice(1)}</mn></mrow>`
}

function chunks(list, size) {
  return Array.from({ length: list.length / size }, (_, i) => list.slice(i * size, (i + 1) * size))
}
