// Weights and maps as pixels: one a cell. A weight is amber where it adds and brick red where it takes away.

export const COLUMNS = 30 // of the wall
export const ROWS = 10
const again = new Map() // what was painted how, to paint it again when the theme turns

export function paintSigned(holder, values, start, rows, cols, most) {
  const [positive, negative] = [colour("--tap"), colour("--negative")]
  paint(holder, values, start, rows, cols, (value) => [...(value < 0 ? negative : positive), share(Math.abs(value), most)])
  again.set(holder, () => paintSigned(holder, values, start, rows, cols, most))
}

export function paintMap(holder, values, start, rows, cols, most) {
  const full = colour("--output")
  paint(holder, values, start, rows, cols, (value) => [...full, share(value, most)])
  again.set(holder, () => paintMap(holder, values, start, rows, cols, most))
}

function paint(holder, values, start, rows, cols, pixel) {
  const canvas = canvasOf(holder)
  if (canvas.width !== cols || canvas.height !== rows) Object.assign(canvas, { width: cols, height: rows })
  const image = new ImageData(cols, rows)
  for (let cell = 0; cell < rows * cols; cell++) image.data.set(pixel(values[start + cell]), 4 * cell)
  canvas.getContext("2d").putImageData(image, 0, 0)
}

const share = (value, most) => Math.round(255 * Math.min(1, Math.max(0, most > 0 ? value / most : 0)))

function canvasOf(holder) {
  const found = holder.querySelector("canvas")
  if (found) return found
  const canvas = document.createElement("canvas")
  holder.replaceChildren(canvas)
  return canvas
}

function colour(name) {
  const probe = document.createElement("span")
  probe.style.color = `var(${name})`
  document.body.append(probe)
  const found = getComputedStyle(probe).color.match(/\d+(\.\d+)?/g).slice(0, 3).map(Number)
  probe.remove()
  return found
}

// The places of these digits on the wall as one path, a unit each.
export const tiles = (wrong) => wrong.map(([index]) => `M${index % COLUMNS} ${Math.floor(index / COLUMNS)}h1v1h-1z`).join("")

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const paintAgain of [...again.values()]) paintAgain()
})
