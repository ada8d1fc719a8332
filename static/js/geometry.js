// The one relation, in = out · stride − padding + tap · dilation, as the tables that the server sent:
// what does an output read, where does an input go, where is a weight used?
//
// Cells are numbered in reading order: padded cells of the input plane, places of the window, cells of an output.

const SINGLE = { input: 1, padding: [0, 0], stride: 1, dilation: 1, taps: [[0]], source: [0] }

export class Geometry {
  constructor(scene) {
    const axes = scene.axes.length === 1 ? [SINGLE, scene.axes[0]] : scene.axes
    this.rows = new Line(axes[0])
    this.cols = new Line(axes[1])
    this.filters = scene.grids.w.shape[0]
    this.perGroup = scene.grids.w.shape[1]
    this.perFilterGroup = this.filters / scene.parameters.groups
    this.area = this.rows.output * this.cols.output
    this.taps = this.rows.kernel * this.cols.kernel
    this.turned = scene.parameters.flip
    this.spatial = scene.axes.length
  }

  // Which filter and which of its output cells a step computes: filter, then row, then column.
  place(step) {
    return { filter: Math.floor(step / this.area), cell: step % this.area }
  }

  // The index of an output as PyTorch counts it: row and column, or only the column of a line.
  index(cell) {
    const [row, col] = split(cell, this.cols.output)
    return this.spatial === 1 ? [col] : [row, col]
  }

  // The input channels that a filter reads.
  group(filter) {
    const first = Math.floor(filter / this.perFilterGroup) * this.perGroup
    return Array.from({ length: this.perGroup }, (_, i) => first + i)
  }

  // The padded cells under the kernel for an output cell, in reading order of the window.
  window(cell) {
    const [row, col] = split(cell, this.cols.output)
    return this.rows.window(row).flatMap((r) => this.cols.window(col).map((c) => r * this.cols.padded + c))
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

  // The padded cells that meet one place of the window, over all outputs.
  uses(place) {
    const [row, col] = split(place, this.cols.kernel)
    return this.rows.met(row).flatMap((r) => this.cols.met(col).map((c) => r * this.cols.padded + c))
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
    this.windows = axis.taps.map((cells) => [...cells].sort((a, b) => a - b))
  }

  window(out) {
    return this.windows[out]
  }

  writers(padded) {
    return this.windows.flatMap((cells, out) => (cells.includes(padded) ? [out] : []))
  }

  copies(padded) {
    return this.source.flatMap((source, cell) => (source === this.source[padded] ? [cell] : []))
  }

  met(place) {
    return this.windows.map((cells) => cells[place])
  }
}

export function split(cell, cols) {
  return [Math.floor(cell / cols), cell % cols]
}
