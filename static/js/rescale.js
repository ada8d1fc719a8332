// Colours that end at the largest number there is now. On a scene's page the server says which that is.

import { short } from "./format.js"

export function rescale(stage) {
  const { moment, numbers, painter } = stage
  const most = {}
  for (const plane of painter.planes.values()) {
    if (!"xwy".includes(plane.role)) continue
    const values = plane.cells.map((_, cell) => numbers.known(plane.id, cell))
    most[plane.role] = values.reduce((found, value) => Math.max(found, Math.abs(value)), 0) || 1
    plane.rescale(most[plane.role])
    values.forEach((value, cell) => plane.writeCell(cell, value, short(value)))
  }
  for (const plane of painter.planes.values()) if (plane.role === "p") plane.rescale(most.x * most.w)
  moment.frames.clear()
  stage.render()
}
