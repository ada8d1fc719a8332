// What is said, and what lights up, when one points at a cell. `weight` is the one that is chosen.

import { split } from "../geometry.js"
import { words } from "./words.js"

export function inspect(lesson, step, weight, { role, cell, margin }) {
  const state = lesson.at(step)
  const index = (cols) => split(cell, cols)
  if (role === "w" || role === "g")
    return { weight: cell, sentence: words.weight(index(lesson.kernel[1]), state.w[cell], state.gradient[cell]) }
  if (role === "k") return { sentence: null }
  if (role === "x") return { sentence: inputSentence(lesson, cell, margin) }
  if (role === "y" || role === "t") {
    const sentence = words.output(index(lesson.shape[1]), state.y[cell], lesson.wanted[cell], state.error[cell])
    return { output: cell, sentence }
  }
  return { position: cell, sentence: productSentence(lesson, state, weight, cell, margin) }
}

// The index of a drawn cell of x, or null where it is padding.
export function indexOfInput(lesson, cell, [top, right, bottom, left]) {
  const rows = lesson.x.length / lesson.cols
  const [row, col] = split(cell, lesson.cols)
  const isInside = row >= top && row < rows - bottom && col >= left && col < lesson.cols - right
  return isInside ? [row - top, col - left] : null
}

function inputSentence(lesson, cell, margin) {
  const index = indexOfInput(lesson, cell, margin)
  return index ? words.input(index, lesson.x[cell]) : words.padding
}

function productSentence(lesson, state, weight, position, margin) {
  const cell = lesson.met(weight, position)
  const [index, error, x] = [indexOfInput(lesson, cell, margin), state.error[position], lesson.x[cell]]
  const place = split(position, lesson.shape[1])
  return index ? words.product(place, error, index, x, error * x + 0) : words.padded(place, error)
}
