// What happened at step k? Holds the scene and every batch of steps that has arrived.

import { Geometry } from "./geometry.js"

export class Steps {
  constructor(scene) {
    this.scene = scene
    this.count = scene.steps
    this.geometry = new Geometry(scene)
    this.batches = []
    this.planeSize = this.geometry.rows.input * this.geometry.cols.input
  }

  add(batch) {
    if (!this.batches.some((known) => known.start === batch.start && known.y.length >= batch.y.length)) {
      this.batches.push(batch)
    }
  }

  has(step) {
    return this.batchOf(step) !== undefined
  }

  batchOf(step) {
    return this.batches.find((batch) => batch.start <= step && step < batch.start + batch.y.length)
  }

  // { y, sums, a } of a step. A single channel without bias has one sum, which is y.
  at(step) {
    const batch = this.batchOf(step)
    if (!batch) return undefined
    const i = step - batch.start
    const sums = batch.channel_sums ? batch.channel_sums.map((row) => row[i]) : [batch.y[i]]
    return { y: batch.y[i], sums, a: batch.a ? batch.a[i] : null }
  }

  // The input as the window sees it: a padded zero has no source.
  input(channel, padded) {
    const source = this.geometry.source(padded)
    return source < 0 ? 0 : this.scene.grids.x.values[channel * this.planeSize + source]
  }

  // The weight at a place of the window, of one filter and one of its channels.
  weight(filter, within, place) {
    const { taps, perGroup } = this.geometry
    return this.scene.grids.w.values[(filter * perGroup + within) * taps + this.geometry.tap(place)]
  }

  bias(filter) {
    return this.scene.grids.b ? this.scene.grids.b.values[filter] : null
  }
}
