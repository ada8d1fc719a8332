// What an upstream gradient goes through before it is read; app/views/common/gate.py says what stands where.

import { indexIn } from "../../steps.js"
import { at } from "../../words.js"
import { gated } from "./words.js"

// A number of the upstream gradient, of z, or of the slope there: all three, and their product; null for other planes.
export function inspectGate(steps, id, cell, { firstIndex }) {
  const { gate, grids, roles } = steps.scene
  if (!gate?.some((grid) => grid[0] === id[0])) return null
  const found = steps.gated(id, cell)
  const product = [roles.data, roles.weights].find((grid) => grid === "grad_z")
  const values = [product, ...gate].map((grid) => grids[grid].values[found.at])
  return {
    outlines: gate.map((grid) => ({ plane: `${grid[0]}.${id.split(".")[1]}`, cells: [cell], role: "window" })),
    sentence: gated(at(product, indexIn(steps, found), firstIndex), ...values),
  }
}
