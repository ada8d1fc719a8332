// Flip: the kernel as it is, and turned, at every step. app/views/flip.py makes the same frames.

import { inspect as inspectGrids } from "../inspect.js"
import { Companions, OTHER, isOther, otherOutlines, own } from "./companion.js"
import { frame as gather } from "./gather.js"

export { FlipPainter as Painter } from "./flip/paint.js"
export { say } from "./flip/words.js"

export class Steps extends Companions {
  constructor(scene) {
    super(scene, (base) => ({ ...base, axes: base.axes.map((axis) => ({ ...axis, turned: !axis.turned })) }))
  }
}

export function frame(steps, shown, step) {
  const [base, other] = [gather(steps, shown, step), gather(steps.other, shown, step)]
  const marks = steps.scene.parameters.flip ? ["∗", "⋆"] : ["⋆", "∗"]
  const turned = other.outlines.filter(({ plane }) => !plane.startsWith("x."))
  return {
    step,
    fills: [...base.fills, ...other.fills.map((fill) => ({ ...fill, plane: fill.plane + OTHER }))],
    outlines: [...base.outlines, ...otherOutlines(turned)],
    links: [...base.links, ...other.links.map((link) => ({ ...link, start: link.start + OTHER, end: link.end + OTHER }))].filter(({ role }) => role === "output"),
    labels: [],
    equation: { ...base.equation, mark: marks[0], other: { ...other.equation, mark: marks[1] } },
  }
}

// What is lit in one lane is lit in the other: the same number, at its place there.
export function inspect(steps, shown, id, cell, context) {
  const [hovered, other] = isOther(id) ? [steps.other, steps] : [steps, steps.other]
  const found = inspectGrids(hovered, shown, own(id), cell, context)
  if (!found?.outlines) return found
  const across = inspectGrids(other, shown, own(id), id[0] === "w" ? steps.geometry.taps - 1 - cell : cell, context)
  const lanes = isOther(id) ? [across, found] : [found, across]
  const lit = [...lanes[0].outlines, ...otherOutlines(lanes[1].outlines).filter(({ plane }) => !plane.startsWith("x."))]
  return { ...found, outlines: id[0] === "x" || id[0] === "w" ? lit : only(found.outlines, isOther(id)) }
}

// A product belongs to its lane.
const only = (outlines, isOtherLane) => outlines.map((outline) => (isOtherLane && !outline.plane.startsWith("x.") ? { ...outline, plane: outline.plane + OTHER } : outline))
