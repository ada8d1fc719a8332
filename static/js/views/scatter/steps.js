// What does a stamp add? A number of the data times the weights, its share, or the number itself where an index sends it.

import { indexIn } from "../../steps.js"
import { ScatterSteps } from "../common/scatter-steps.js"

export class Steps extends ScatterSteps {
  // The number of the data that a step reads.
  number(step) {
    return this.data.values[step]
  }

  // The weight of a plane at a place of the stamp; null where there are no weights.
  weight(plane, place) {
    return plane < 0 ? null : this.weights.values[plane * this.scatterMap.places + this.scatterMap.tap(place)]
  }

  // What a step adds to a result plane at each place of its stamp; null for what lands nowhere.
  added(step, plane) {
    const { channel, data } = this.scatterMap.place(step)
    const weight = this.scatterMap.weight(channel, plane)
    const value = this.number(step)
    const divisor = this.scene.divisors?.[data]
    return this.scatterMap.cells(channel, data).map((cell, place) => {
      if (cell < 0) return null
      return divisor ? value / divisor : weight < 0 ? value : value * this.weight(weight, place) + 0
    })
  }

  // The index of a step's number in the data.
  index(step) {
    return indexIn(this, { grid: this.scene.roles.data, at: step })
  }

  // Which number of which grid a drawn cell shows: { grid, at }; null where it shows none.
  locate(id, cell) {
    const [role, number] = [id[0], Number(id.split(".")[1])]
    if (role === "b") return { grid: "b", at: number }
    if (role === "w") return { grid: this.scene.roles.weights, at: number * this.scatterMap.places + this.scatterMap.tap(cell) }
    if (role === "v") return { grid: this.witness, at: number * (this.witness === "x" ? this.scatterMap.area : this.scatterMap.size) + cell }
    return super.locate(id, cell)
  }

  // The grid that says where everything goes, where no window does.
  get witness() {
    return this.scene.roles.data === "x" ? "indices" : "x"
  }
}
