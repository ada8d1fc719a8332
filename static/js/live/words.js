// What the page of the network that runs says from its scripts.

import { short } from "../format.js"

const THIN = "\u202f" // a narrow space that no line breaks at

export const words = {
  draw: "Draw a digit here",
  failed: "The answer did not come. Draw on, or reload the page.",
  nothing: "draw",
  sure: (percent) => `${percent} sure`,
  kept: (share) => `${percent(share)} like before`,
  scale: (most) => (most ? `up to ${short(most)}` : ""),
  cursor: ([row, col], isDown) => `Row ${row}, column ${col}. The pen is ${isDown ? "down" : "up"}.`,
  unit: (layer, place, value) => `${layer}[${place.join(", ")}] = ${short(value)}`,
  rectified: (value) => (value < 0 ? ", negative: ReLU makes it 0" : ", positive: ReLU keeps it"),
  pooled: ", the largest of its four",
  struck: ", struck out by dropout",
  raised: (gain) => `, times ${short(gain)} by dropout`,
  weight: (row, col) => `Weight in row ${row}, column ${col}`,
  channel: (channel) => `Channel ${channel}`,
  cover: (digit) => (digit === null ? "Draw, and cover something." : `Cover something, so that it is no longer a ${digit}.`),
  covers: ([row, col]) => `The patch lies at row ${row}, column ${col}.`,
  place: ([row, col], lost) => `A patch at row ${row}, column ${col}${Number.isFinite(lost) ? `: ${percent(lost)} of the answer is lost` : ""}`,
  gradient: (digit, [row, col], value) => `Ink in row ${row}, column ${col} moves the score of ${digit}${Number.isFinite(value) ? ` by ${short(value)}` : ""}`,
  logit: (digit, value) => `Output[${digit}] = ${short(value)}: softmax makes all ten into shares of one`,
}

// Whole percent, but never a certainty that is none.
export function percent(share) {
  const whole = (share * 100).toFixed(0)
  if (whole === "100" && share < 1) return `>99${THIN}%`
  return whole === "0" && share > 0 ? `<1${THIN}%` : `${whole}${THIN}%`
}
