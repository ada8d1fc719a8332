// Numbers as pixels: one a cell, from clear to the colour of the canvas.

const painted = new Map() // canvas → how it was painted, to paint it again when the theme turns

export function paint(canvas, values, start, rows, cols, most) {
  painted.set(canvas, [values, start, rows, cols, most])
  if (canvas.width !== cols || canvas.height !== rows) Object.assign(canvas, { width: cols, height: rows })
  const [red, green, blue] = rgb(getComputedStyle(canvas).color)
  const image = new ImageData(cols, rows)
  for (let cell = 0; cell < rows * cols; cell++) {
    const share = most > 0 ? Math.min(1, Math.max(0, values[start + cell] / most)) : 0
    image.data.set([red, green, blue, Math.round(255 * share)], 4 * cell)
  }
  canvas.getContext("2d").putImageData(image, 0, 0)
}

const rgb = (colour) => colour.match(/\d+(\.\d+)?/g).map(Number)

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const [canvas, how] of painted) paint(canvas, ...how)
})
