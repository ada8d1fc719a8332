// Numbers as pixels: one a cell, from clear to the colour of the canvas; below zero in the colour of negative numbers.

const painted = new Map() // canvas → how it was painted, to paint it again when the theme turns

export function paint(canvas, values, start, rows, cols, most) {
  painted.set(canvas, [values, start, rows, cols, most])
  if (canvas.width !== cols || canvas.height !== rows) Object.assign(canvas, { width: cols, height: rows })
  const style = getComputedStyle(canvas)
  const [ink, negative] = [rgb(style.color), canvas.dataset.signed === undefined ? null : rgb(style.outlineColor)]
  const image = new ImageData(cols, rows)
  for (let cell = 0; cell < rows * cols; cell++) {
    const share = most > 0 ? values[start + cell] / most : 0
    const opacity = Math.min(1, Math.max(0, negative ? Math.abs(share) : share)) || 0 // NaN is clear
    image.data.set([...(negative && share < 0 ? negative : ink), Math.round(255 * opacity)], 4 * cell)
  }
  canvas.getContext("2d").putImageData(image, 0, 0)
}

// Whoever takes a canvas away says so, so that it is not kept for a theme that may turn.
export const forget = (canvas) => painted.delete(canvas)

const rgb = (colour) => colour.match(/\d+(\.\d+)?/g).slice(0, 3).map(Number)

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const [canvas, how] of painted) paint(canvas, ...how)
})
