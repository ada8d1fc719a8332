// Parts that all equations share. A node is its kind and its fields, as app/equation/nodes.py names them.

const MOST = 7 // larger kernels are written with dots after this many rows and columns

export const DOTS = ["sign", "…"]
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
