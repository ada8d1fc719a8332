// What a step reads, as the tables that the server sent: what does a result read, where does a data cell go,
// where is a weight used? In every operation the data is what is read, the weights what it is multiplied with.
//
// Cells are numbered in reading order: drawn cells of a data plane, places of the window, cells of a result.

const SINGLE = { input: 1, padding: [0, 0], taps: [[0]], source: [0], counts: [1] }

export class Geometry {
  constructor(scene) {
    const axes = scene.axes.length === 1 ? [SINGLE, scene.axes[0]] : scene.axes
    this.rows = new Line(axes[0])
    this.cols = new Line(axes[1])
    this.feeds = scene.feeds
    this.repeats = scene.repeats
    this.filters = scene.feeds.length
    this.area = this.rows.output * this.cols.output
    this.taps = this.rows.kernel * this.cols.kernel
    this.turned = axes[1].turned ?? false
    this.spatial = scene.axes.length
    this.shape = scene.y.shape
  }

  // Which result plane and which of its cells a step computes: plane after plane, row after row.
  place(step) {
    return { filter: Math.floor(step / this.area), cell: step % this.area }
  }

  // The index of a result as PyTorch counts it; a single plane needs no number.
  index(filter, cell) {
    const index = unravel(filter * this.area + cell, this.shape)
    return this.filters > 1 ? index : index.slice(-this.spatial)
  }

  // The data planes that a result plane reads.
  group(filter) {
    return this.feeds[filter].map(([channel]) => channel)
  }

  // The plane of weights through which a result plane reads a data plane.
  weight(filter, channel) {
    return this.feeds[filter].find(([data]) => data === channel)?.[1]
  }

  // The drawn plane of these weights; one that joins several pairs is drawn at each.
  weightId(filter, channel) {
    const plane = `w.${this.weight(filter, channel)}`
    return this.repeats ? `${plane}.${filter}` : plane
  }

  // The pairs of a result plane and a data plane that meet through a plane of weights.
  users(weight) {
    return this.feeds.flatMap((planes, filter) => planes.flatMap(([channel, w]) => (w === weight ? [[filter, channel]] : [])))
  }

  // The drawn data cells at each place of the window of a result cell; −1 where none lies.
  window(cell) {
    const [row, col] = split(cell, this.cols.output)
    const along = this.cols.taps[col]
    return this.rows.taps[row].flatMap((r) => along.map((c) => (r < 0 || c < 0 ? -1 : r * this.cols.padded + c)))
  }

  // What a mean divides by, or what a window counts.
  counted(cell) {
    const [row, col] = split(cell, this.cols.output)
    return Math.max(this.rows.counts[row] * this.cols.counts[col], 1)
  }

  // The output cells whose window covers a padded cell.
  writes(padded) {
    const [row, col] = split(padded, this.cols.padded)
    return this.rows.writers(row).flatMap((r) => this.cols.writers(col).map((c) => r * this.cols.output + c))
  }

  // The padded cells that hold the same input as this one: itself, and its copies in the padding.
  copies(padded) {
    const [row, col] = split(padded, this.cols.padded)
    if (this.source(padded) < 0) return [padded]
    return this.rows.copies(row).flatMap((r) => this.cols.copies(col).map((c) => r * this.cols.padded + c))
  }

  // The drawn cells that meet one place of the window, over all outputs.
  uses(place) {
    const [row, col] = split(place, this.cols.kernel)
    const columns = this.cols.met(col)
    return this.rows.met(row).flatMap((r) => columns.map((c) => r * this.cols.padded + c))
  }

  // The place in the window at which an output meets a padded cell, or −1.
  meets(cell, padded) {
    return this.window(cell).indexOf(padded)
  }

  // The weight that lies at a place of the window: a true convolution turns the kernel.
  tap(place) {
    return this.turned ? this.taps - 1 - place : place
  }

  // The input cell behind a padded cell, or −1 for a padded zero.
  source(padded) {
    const [row, col] = split(padded, this.cols.padded)
    const sourceRow = this.rows.source[row]
    const sourceCol = this.cols.source[col]
    return sourceRow < 0 || sourceCol < 0 ? -1 : sourceRow * this.cols.input + sourceCol
  }
}

// One axis of the relation.
class Line {
  constructor(axis) {
    this.source = axis.source
    this.input = axis.input
    this.padded = axis.source.length
    this.output = axis.taps.length
    this.kernel = axis.taps[0].length
    this.taps = axis.taps
    this.counts = axis.counts
  }

  writers(padded) {
    return this.taps.flatMap((cells, out) => (cells.includes(padded) ? [out] : []))
  }

  copies(padded) {
    return this.source.flatMap((source, cell) => (source === this.source[padded] ? [cell] : []))
  }

  met(place) {
    return this.taps.map((cells) => cells[place]).filter((cell) => cell >= 0)
  }
}

export function split(cell, cols) {
  return [Math.floor(cell / cols), cell % cols]
}

// The index of a cell counted in reading order, axis by axis.
export function unravel(cell, shape) {
  const index = []
  for (const size of [...shape].reverse()) {
    index.unshift(cell % size)
    cell = Math.floor(cell / size)
  }
  return index
}
