// Numbers as a reader sees them in a cell: short, tabular, with a real minus sign. app/text/format.py says the same.

export const MINUS = "−"

export function short(value) {
  if (Number.isNaN(value)) return "?" // a number that is asked for
  const size = Math.abs(value)
  if (size === Infinity) return sign(value) + "∞"
  if (Number.isInteger(value) && size < 100_000) return sign(value) + size
  if (size < 0.0005 || size >= 99_999.5) return sign(value) + scientific(size)
  const places = size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0
  return sign(value) + trimmed(size.toFixed(places))
}

// Every digit that distinguishes this number from its neighbours.
export function exact(value) {
  return Number.isNaN(value) ? "?" : sign(value) + (Number.isFinite(value) ? Math.abs(value) : "∞")
}

const sign = (value) => (value < 0 ? MINUS : "")

const trimmed = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text)

function scientific(size) {
  const [mantissa, exponent] = size.toExponential(1).split("e")
  return `${trimmed(mantissa)}e${Number(exponent)}`
}

// Text of the page, written only where it differs: what a live region is given, it reads out.
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text
}
