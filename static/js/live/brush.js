// The brush: how a stroke darkens cells. A digit has 28 × 28 cells, from 0 (paper) to 255 (ink).

export const SIDE = 28
const INK = 255
const CORE = 0.7 // cells from the middle of the stroke that are all ink
const RIM = 1.6 // cells from the middle on which nothing falls

// Lays a straight stroke between two points, counted in cells from the upper left corner; says whether it changed a cell.
export function stroke(pixels, from, to, erases = false) {
  let changed = false
  for (const cell of near(from, to)) {
    const share = ink(distance(cell, from, to))
    const shade = Math.round(INK * (erases ? 1 - share : share))
    const index = cell.row * SIDE + cell.col
    const wins = erases ? shade < pixels[index] : shade > pixels[index]
    if (wins) [pixels[index], changed] = [shade, true]
  }
  return changed
}

function* near(from, to) {
  for (const row of range(from.y, to.y)) for (const col of range(from.x, to.x)) yield { row, col }
}

function range(a, b) {
  const first = Math.max(0, Math.floor(Math.min(a, b) - RIM))
  const last = Math.min(SIDE - 1, Math.ceil(Math.max(a, b) + RIM))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place)
}

const ink = (away) => Math.min(1, Math.max(0, (RIM - away) / (RIM - CORE)))

// From a cell's middle to the nearest point of the stroke.
function distance({ row, col }, from, to) {
  const [right, down] = [to.x - from.x, to.y - from.y]
  const length = right * right + down * down
  const along = length && ((col + 0.5 - from.x) * right + (row + 0.5 - from.y) * down) / length
  const part = Math.min(1, Math.max(0, along))
  return Math.hypot(col + 0.5 - from.x - part * right, row + 0.5 - from.y - part * down)
}

// The cells as an address carries them: bytes in base64url.
export function spell(pixels) {
  const bytes = String.fromCharCode(...pixels.map(Math.round))
  return `u8:${SIDE}x${SIDE}:${btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`
}
