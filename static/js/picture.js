// The products of a window too large for numbers, as an image: a pixel for each. app/painters/picture.py draws the first.

const PRODUCT = [0x4a, 0x55, 0x68]
const NEGATIVE = [0xb2, 0x3a, 0x2e]

export function pictureOf({ rows, cols, scale }, values) {
  const canvas = Object.assign(document.createElement("canvas"), { width: cols, height: rows })
  const context = canvas.getContext("2d")
  const image = context.createImageData(cols, rows)
  values.forEach((value, i) => image.data.set(pixel(value, scale), 4 * i))
  context.putImageData(image, 0, 0)
  return canvas.toDataURL()
}

// From clear, for zero, to the full colour, so that any background serves.
export function pixel(value, scale) {
  const share = Math.min(Math.abs(value ?? 0) / scale, 1)
  return [...(value < 0 ? NEGATIVE : PRODUCT), Math.round((Math.round(share * 127) * 255) / 127)]
}
