// What the script of a stack's page says.

const many = (cells) => (cells === 1 ? "1 cell" : `${cells} cells`)
const patch = (size) => (size.every((cells) => cells === 1) ? many(1) : `${size.join("×")} cells`)

export const words = {
  cells: many,
  sees: (place, unit, size) => `Unit [${unit.join(", ")}] of layer ${place} sees ${patch(size)} of the input.`,
  seesBeyond: (place, unit, size) => `Unit [${unit.join(", ")}] of layer ${place} sees ${patch(size)}, some of them padding.`,
  seesNothing: (place, unit) => `Unit [${unit.join(", ")}] of layer ${place} sees nothing: no tap of a transposed layer meets it.`,
  input: (unit) => `Cell [${unit.join(", ")}] of the input moves the green units above it.`,
  grown: (name, size) => `${name}: ${patch(size)}`,
  failed: "The server did not say which units see which, so nothing lights up here. Reload the page to try again.",
  grow: "Grow",
  pause: "Pause",
}
