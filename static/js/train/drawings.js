// Drawings as an address carries them, and the curve of a loss.

import { SIDE } from "../live/brush.js"

const [WIDTH, HEIGHT] = [260, 110]

// Several pads as one grid: bytes in base64url.
export function spellMany(pads) {
  const bytes = pads.flatMap(({ pixels }) => pixels.map(Math.round))
  const text = btoa(bytes.map((byte) => String.fromCharCode(byte)).join(""))
  return `u8:${pads.length}x${SIDE}x${SIDE}:${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`
}

export const curve = (losses) =>
  losses.map((loss, step) => `${((step * WIDTH) / (losses.length - 1)).toFixed(1)},${(HEIGHT - HEIGHT * Math.min(loss, 1.05)).toFixed(1)}`).join(" ")
