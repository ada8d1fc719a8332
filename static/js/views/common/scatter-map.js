// Where everything lands, as the tables that the server sent: on which cells of the result does a number of the data
// land, and who has written a cell? Cells are numbered in reading order; those of the result count the rim.

import { split } from "../../geometry.js"

export class ScatterMap {
  constructor(scene) {
    const [rows, cols] = scene.axes
    this.rows = rows
    this.cols = cols
    this.sends = scene.sends
    this.spots = scene.spots
    this.spatial = scene.spatial
    this.planes = scene.spots ? scene.sends.length : 1 + Math.max(...scene.sends.flat().map(([plane]) => plane))
    this.size = rows.input * cols.input // numbers of a data plane
    this.area = rows.drawn * cols.drawn // cells of a result plane
    this.places = rows.lands[0].length * cols.lands[0].length
    this.turned = cols.turned ?? false
    this.rowWriters = writers(rows)
    this.colWriters = writers(cols)
  }

  // Which data plane a step reads, and which of its numbers.
  place(step) {
    const [channel, data] = split(step, this.size)
    return { channel, data }
  }

  // The drawn cell of the result on which each place of a stamp lands, or −1.
  cells(channel, data) {
    if (this.spots) return [this.spots[channel][data]]
    const [row, col] = split(data, this.cols.input)
    const along = this.cols.lands[col]
    return this.rows.lands[row].flatMap((r) => along.map((c) => (r < 0 || c < 0 ? -1 : r * this.cols.drawn + c)))
  }

  // The plane of weights through which a data plane lands on a result plane; undefined where it does not.
  weight(channel, plane) {
    return this.sends[channel].find(([to]) => to === plane)?.[1]
  }

  // Of one data plane the numbers that land on a cell, each with its place: { data, place }, in reading order.
  writers(channel, cell) {
    if (this.spots) return this.spots[channel].flatMap((spot, data) => (spot === cell ? [{ data, place: 0 }] : []))
    const [row, col] = split(cell, this.cols.drawn)
    const along = this.colWriters[col]
    return this.rowWriters[row].flatMap((r) =>
      along.map((c) => ({ data: r.data * this.cols.input + c.data, place: r.place * this.cols.lands[0].length + c.place })),
    )
  }

  // The data planes that land on a result plane.
  senders(plane) {
    return this.sends.flatMap((to, channel) => (to.some(([result]) => result === plane) ? [channel] : []))
  }

  // → (cell) → how many stamps have landed on a cell of a result plane after a step: all those of the planes before
  // the last one, of that one those of the rows above, and of the last row those up to the step.
  counter(plane, step) {
    const { channel: last, data } = this.place(step)
    const senders = this.senders(plane).filter((channel) => channel <= last)
    if (this.spots) return this.spotCounter(senders, last, data)
    const whole = senders.filter((channel) => channel < last).length
    const isSent = senders.includes(last)
    const [row, col] = split(data, this.cols.input)
    const before = (found, end) => found.map((each) => each.filter((one) => one.data < end).length)
    const [rows, cols] = [before(this.rowWriters, Infinity), before(this.colWriters, Infinity)]
    const [above, along] = [before(this.rowWriters, row), before(this.colWriters, col + 1)]
    const here = before(this.rowWriters, row + 1).map((count, i) => count - above[i])
    return (cell) => {
      const [r, c] = split(cell, this.cols.drawn)
      return whole * rows[r] * cols[c] + isSent * (above[r] * cols[c] + here[r] * along[c])
    }
  }

  spotCounter(senders, last, data) {
    const counts = new Array(this.area).fill(0)
    for (const channel of senders) {
      const stop = channel < last ? this.size : data + 1
      for (const spot of this.spots[channel].slice(0, stop)) counts[spot] += 1
    }
    return (cell) => counts[cell]
  }

  // The rows and columns of a result plane, the rim cut off.
  get inner() {
    return [this.rows, this.cols].map(({ drawn, margin }) => drawn - margin[0] - margin[1])
  }

  // Which number of its plane of y a cell holds; −1 in the rim.
  inside(cell) {
    const [row, col] = split(cell, this.cols.drawn).map((place, i) => place - [this.rows, this.cols][i].margin[0])
    const [rows, cols] = this.inner
    return row >= 0 && row < rows && col >= 0 && col < cols ? row * cols + col : -1
  }

  // The index of a cell in y, axis by axis; null for the rim.
  index(plane, cell) {
    const at = this.inside(cell)
    if (at < 0) return null
    const index = split(at, this.inner[1]).slice(-this.spatial)
    return this.planes > 1 ? [plane, ...index] : index
  }

  // The weight of a plane that lies at a place of the stamp.
  tap(place) {
    return this.turned ? this.places - 1 - place : place
  }
}

// For each cell along an axis, who lands on it: { data, place }.
function writers({ lands, drawn }) {
  const found = Array.from({ length: drawn }, () => [])
  lands.forEach((along, data) => along.forEach((cell, place) => cell >= 0 && found[cell].push({ data, place })))
  return found
}
