// What the script of a stack's page says.

const many = (cells) => (cells === 1 ? "1 cell" : `${cells} cells`)

export const words = {
  reaches: (place, unit, size) =>
    size === "" ? `Unit [${unit.join(", ")}] of layer ${place} reaches no cell of the input.` : `Unit [${unit.join(", ")}] of layer ${place} reaches ${size} cells of the input.`,
  input: (unit) => `Cell [${unit.join(", ")}] of the input moves the green units above it.`,
  grown: (name, size) => `${name}: ${size === "1" ? many(1) : `${size} cells`}`,
  grow: "Grow",
  pause: "Pause",
  moved: (number, layer) => `${layer} is now layer ${number}.`,
  removed: (layer) => `${layer} is taken out.`,
  added: (layer) => `${layer} is put in.`,
}
