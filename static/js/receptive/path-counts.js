// What each map of a stack reads of the others, and what follows from it: what a unit sees, and what it moves.
//
// It comes from the server as tables, one for an axis of a link: for each unit the first cell that it reads, then how
// often it reads that cell and the next ones. No table means that each unit reads just its own cell.

export class PathCounts {
  constructor({ maps, links, tables }) {
    this.maps = maps
    this.links = links
    this.tables = tables
  }

  get axes() {
    return this.maps[0].size.length
  }

  // Calls `visit(cell, count)` for each cell that a unit reads over a link along one axis.
  read(link, axis, unit, visit) {
    const table = link.axes[axis]
    if (table === null) return visit(unit, 1)
    const [first, ...counts] = this.tables[table][unit]
    counts.forEach((count, place) => count && visit(first + place, count))
  }

  // The links in the order in which light falls: from the last map down.
  get down() {
    return [...this.links].sort((one, other) => other.to - one.to)
  }

  get up() {
    return [...this.links].sort((one, other) => one.to - other.to)
  }

  // Along one axis, how many paths lead from a unit down to each cell of every map before it: a list of arrays or null.
  counts(map, unit, axis) {
    const found = this.maps.map(() => null)
    found[map] = this.line(map, axis)
    found[map][unit] = 1
    for (const link of this.down) {
      if (link.to > map || !found[link.to]) continue
      const below = (found[link.from] ??= this.line(link.from, axis))
      found[link.to].forEach((paths, above) => paths && this.read(link, axis, above, (cell, count) => (below[cell] += paths * count)))
    }
    return found
  }

  // Along one axis, which units of every later map a unit moves.
  moved(map, unit, axis) {
    const found = this.maps.map(() => null)
    found[map] = this.line(map, axis)
    found[map][unit] = 1
    for (const link of this.up) {
      const below = found[link.from]
      if (link.from < map || !below) continue
      const above = (found[link.to] ??= this.line(link.to, axis))
      for (let at = 0; at < above.length; at++) this.read(link, axis, at, (cell) => below[cell] && (above[at] = 1))
    }
    return found
  }

  line(map, axis) {
    return new Float64Array(this.maps[map].size[axis])
  }

  // On a picture, where a unit looks on every map before it: masks of ones, row by row, or null.
  masks(map, [row, col]) {
    const found = this.maps.map(() => null)
    found[map] = this.sheet(map)
    found[map].cells[row * found[map].cols + col] = 1
    for (const link of this.down) {
      if (link.to > map || !found[link.to]) continue
      this.spread(link, found[link.to], (found[link.from] ??= this.sheet(link.from)))
    }
    return found
  }

  sheet(map) {
    const [rows, cols] = this.maps[map].size
    return { rows, cols, cells: new Uint8Array(rows * cols) }
  }

  // Light what the lit units read: along the columns first, then along the rows.
  spread(link, above, below) {
    const wide = new Uint8Array(above.rows * below.cols)
    for (let row = 0; row < above.rows; row++)
      for (let col = 0; col < above.cols; col++)
        if (above.cells[row * above.cols + col]) this.read(link, 1, col, (cell) => (wide[row * below.cols + cell] = 1))
    for (let row = 0; row < above.rows; row++) {
      const lit = wide.subarray(row * below.cols, (row + 1) * below.cols)
      if (!lit.includes(1)) continue
      this.read(link, 0, row, (cell) => {
        for (let col = 0; col < below.cols; col++) if (lit[col]) below.cells[cell * below.cols + col] = 1
      })
    }
  }

  // Which maps a unit sees, as the steps in which light falls: each map one step after the last that reads it.
  steps(map) {
    const found = this.maps.map(() => Infinity)
    found[map] = 0
    for (const link of this.down)
      if (link.to <= map && found[link.to] < Infinity)
        found[link.from] = found[link.from] === Infinity ? found[link.to] + 1 : Math.max(found[link.from], found[link.to] + 1)
    return found
  }
}

// The first and the one after the last lit row and column of a mask, or null.
export function box({ rows, cols, cells }) {
  let [top, bottom, left, right] = [rows, 0, cols, 0]
  for (let row = 0; row < rows; row++)
    for (let col = 0; col < cols; col++)
      if (cells[row * cols + col]) {
        top = Math.min(top, row)
        bottom = row + 1
        left = Math.min(left, col)
        right = Math.max(right, col + 1)
      }
  return bottom ? { top, bottom, left, right } : null
}

// The lit cells of a mask as the path of a few rectangles, as app/pages/receptive_field/planes.py draws them.
export function runs({ rows, cols, cells }) {
  const drawn = []
  let open = new Map()
  for (let row = 0; row <= rows; row++) {
    const spans = row < rows ? spansOf(cells.subarray(row * cols, (row + 1) * cols)) : []
    const keys = new Set(spans.map(String))
    for (const [key, [top, left, right]] of open) if (!keys.has(key)) drawn.push([top, row, left, right])
    open = new Map(spans.map((span) => [String(span), open.get(String(span)) ?? [row, ...span]]))
  }
  return drawn.map(([top, bottom, left, right]) => `M${left} ${top}h${right - left}v${bottom - top}h-${right - left}z`).join("")
}

function spansOf(row) {
  const spans = []
  row.forEach((lit, col) => {
    if (!lit) return
    if (spans.at(-1)?.[1] === col) spans.at(-1)[1]++
    else spans.push([col, col + 1])
  })
  return spans
}
