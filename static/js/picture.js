// A plane too large for numbers, as an image: a pixel for each cell. app/painters/picture.py draws the first.

const HUES = {
  input: [0x1f, 0x5a, 0xa3],
  tap: [0xa3, 0x54, 0x05],
  output: [0x0b, 0x6e, 0x5c],
  product: [0x4a, 0x55, 0x68],
}
const NEGATIVE = [0xb2, 0x3a, 0x2e]

const MID_GREY = 128

export function pictureOf({ rows, cols, scale, svg }, values) {
  const canvas = Object.assign(document.createElement("canvas"), { width: cols, height: rows })
  const context = canvas.getContext("2d")
  const image = context.createImageData(cols, rows)
  const paint = svg.dataset.tones ? (value) => grey(value, scale, svg.dataset.tones) : (value) => pixel(value, scale, HUES[svg.classList[1]])
  values.forEach((value, i) => image.data.set(paint(value), 4 * i))
  context.putImageData(image, 0, 0)
  return canvas.toDataURL()
}

// Of a photograph its own shade; of its results mid-grey for zero; clear where a number is not known yet.
export function grey(value, scale, tones) {
  if (value === undefined || value === null) return [0, 0, 0, 0]
  const shade = tones === "photograph" ? value : MID_GREY + (value / scale) * (MID_GREY - 1)
  const clipped = Math.min(255, Math.max(0, Math.round(shade)))
  return [clipped, clipped, clipped, 255]
}

// From clear, for zero, to the full colour, so that any background serves.
export function pixel(value, scale, hue) {
  const share = Math.min(Math.abs(value ?? 0) / scale, 1)
  return [...(value < 0 ? NEGATIVE : hue), Math.round((Math.round(share * 127) * 255) / 127)]
}
