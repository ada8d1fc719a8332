// How long does each step take, and in which gear is it? A pure function of a scene's rhythm: how many steps it has
// (`count`), how many make a row (`row`) and a plane (`plane`), and which windows hold one single value (`isPlain(step)`).
//
// In a gear that is chosen every step takes as long. `auto` shifts by itself: the first two windows that have something
// to show in full detail, the rest of their row sum by sum, then row by row, then plane by plane.

export const PACES = ["auto", "product", "sum", "row"]

// Milliseconds at speed 1: of a step in full detail, of the second one, of a sum, of a row, of a plane.
const PRODUCT = 4000
const SECOND = 2000
const SUM = 800
const ROW = 500
const PLANE = 1000
const WHOLE = 39_000 // by itself any scene ends within it
const LEAST = { planes: 6000, rows: 8000, before: 4000, sums: 12_000 } // what a part keeps when all of them must hurry
const SEARCHED = 20_000 // windows: where so many hold one value each, nothing is worth looking for

// What has no rhythm: an iteration of a lesson, two stages side by side.
const STEADY = { gear: "product", each: 1400 }

export class Tempo {
  // Stretches of steps that take as long each: { start, gear, each }, in their order.
  constructor(stretches = [{ start: 0, ...STEADY }]) {
    this.stretches = stretches
  }

  // { gear, each } of a step.
  at(step) {
    return this.stretches.findLast(({ start }) => start <= step)
  }
}

export function tempo(rhythm, pace) {
  if (pace === "auto") return new Tempo(shifting(rhythm))
  const each = { product: PRODUCT, sum: SUM, row: ROW / rhythm.row }[pace]
  return new Tempo([{ start: 0, gear: pace, each }])
}

function shifting({ count, row, plane, isPlain }) {
  const most = Math.min(count, SEARCHED)
  const found = range(0, most).find((step) => !isPlain(step))
  const [first, rowEnd] = found === undefined ? [0, 0] : [found, Math.min(found - (found % row) + row, count)]
  const planeEnd = Math.min(Math.ceil(Math.max(rowEnd, 1) / plane) * plane, count)
  const [, second, ...sums] = range(first, rowEnd).filter((step) => !isPlain(step))
  const slow = { [first]: PRODUCT, [second]: SECOND }
  const swept = ROW / row // what a step takes in a row that is swept over
  const spent = range(first, rowEnd).reduce((sum, step) => sum + (isPlain(step) ? swept : (slow[step] ?? 0)), 0)
  const parts = hurried(WHOLE - spent, {
    planes: ((count - planeEnd) / plane) * PLANE,
    rows: (planeEnd - rowEnd) * swept,
    before: first * swept,
    sums: sums.length * SUM,
  })
  const inRow = (step) => {
    if (isPlain(step)) return { start: step, gear: "sum", each: swept }
    return { start: step, gear: slow[step] ? "product" : "sum", each: slow[step] ?? parts.sums / sums.length }
  }
  return [
    { start: 0, gear: "row", each: parts.before / first },
    ...range(first, rowEnd).map(inRow),
    { start: rowEnd, gear: "row", each: parts.rows / (planeEnd - rowEnd) },
    { start: planeEnd, gear: "plane", each: parts.planes / (count - planeEnd) },
  ]
}

// What each part takes, where all of them together must not take longer than `whole`: whole planes hurry first.
function hurried(whole, parts) {
  let excess = Object.values(parts).reduce((sum, part) => sum + part, -whole)
  const taken = {}
  for (const [name, part] of Object.entries(parts)) {
    const cut = Math.min(Math.max(excess, 0), Math.max(part - LEAST[name], 0))
    taken[name] = part - cut
    excess -= cut
  }
  return taken
}

const range = (start, stop) => Array.from({ length: Math.max(stop - start, 0) }, (_, i) => start + i)
