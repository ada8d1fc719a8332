// Every sentence that the stage's scripts say, ready for translation.

import { exact } from "./format.js"

export const at = (name, index, first) => `${name}[${index.map((i) => i + first).join(", ")}]`

export const colours = { input: "blue", tap: "amber", output: "green" }

export const words = {
  play: "Play",
  pause: "Pause",
  auto: "Auto",
  shifted: (gear) => `Auto · ${gear}`,
  position: (step, steps) => `${step + 1} of ${steps}`,
  step: (step, steps, name, y) => `Step ${step + 1} of ${steps}. ${name} is ${exact(y)}.`,
  predictStep: (step, steps, name) => `Step ${step + 1} of ${steps}. What is ${name}?`,
  output: (name, y) => `${name} = ${exact(y)}`,
  input: (grid, index, value, count, first) =>
    `${at(grid, index, first)} = ${exact(value)} · read by ${count} ${count === 1 ? "output" : "outputs"}`,
  padding: (mode, value, count) =>
    `padding (${value === -Infinity ? "never the largest" : mode ?? "zeros"}): ${exact(value)} · read by ${count} ${count === 1 ? "output" : "outputs"}`,
  weight: (grid, index, value, count, first) =>
    `${at(grid, index, first)} = ${exact(value)} · used ${count} ${count === 1 ? "time" : "times"}`,
  product: (x, w, product) => `${exact(x)} · ${exact(w)} = ${exact(product)}`,
  held: (value) => `${exact(value)} · in the window`,
  bias: (value) => `bias = ${exact(value)} · added to every output of its filter`,
  hints: (data, y) => [
    `Touch any ${y} cell to see where it comes from.`,
    `Touch a ${data} cell: which outputs does it reach?`,
    `Click a ${data} cell and type another number.`,
    "Now click a weight of the kernel, and change it.",
    "Try a stride of 2, or padding, beside the stage.",
  ],
  editing: (name) => `New value of ${name}`,
  ask: (name) => `What is ${name}?`,
  right: "Right.",
  notQuite: (given, y) => `Not ${given} but ${exact(y)}.`,
  check: "Check",
  reveal: "Reveal",
  terms: (count) => `… ${count} terms`,
  numbers: (count) => `… ${count} numbers`,
  all: "all",
  allTerms: "All terms",
  close: "Close",
  copied: "Copied",
  copyByHand: "Press Ctrl+C to copy",
  copyPictureByHand: "Use the picture’s own menu",
  busy: "The server has much to do. What you asked for is asked for again by itself in a few seconds.",
  away: "The server cannot be reached. What is here plays on, and your change follows by itself once it is back.",
  failed: (reason) => `The steps could not be loaded. ${reason}`,
  apart: (reason) => `One of the two could not be loaded, so they cannot play together. ${reason} Reload the page to try again.`,
  notNumber: "Type a number, such as 3, −0.5 or 1/9.",
  ownKernel: "A kernel of your own.",
  notPasted: "There are no numbers in what was pasted.",
}
