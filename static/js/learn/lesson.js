// What every iteration knew, as the server sent it. A product of an error and a number of x is the only arithmetic here.

import { split } from "../geometry.js"

export class Lesson {
  constructor(header) {
    this.x = header.padded.values
    this.cols = header.padded.shape[1]
    this.taps = header.taps // along each axis, which padded cell a tap meets at an output
    this.shape = header.y.shape
    this.kernel = header.parameters.kernel_size
    this.rate = header.parameters.learning_rate
    this.asked = header.steps
    this.wanted = header.wanted.values.flat()
    this.states = []
  }

  // A plain step is the gradient itself, and is not sent.
  take({ start, w, y, error, gradient, step = gradient, loss }) {
    loss.forEach((value, i) => {
      this.states[start + i] = { w: w[i], y: y[i], error: error[i], gradient: gradient[i], step: step[i], loss: value }
    })
  }

  at(step) {
    return this.states[step]
  }

  get count() {
    return this.states.length
  }

  // The cell of x that this weight meets at this position of the window.
  met(weight, position) {
    const [row, col] = split(position, this.shape[1])
    const [tapRow, tapCol] = split(weight, this.kernel[1])
    return this.taps[0][row][tapRow] * this.cols + this.taps[1][col][tapCol]
  }

  // … at every position, in reading order.
  metBy(weight) {
    return Array.from({ length: this.shape[0] * this.shape[1] }, (_, position) => this.met(weight, position))
  }

  // The cells of x under the whole kernel.
  window(position) {
    return Array.from({ length: this.kernel[0] * this.kernel[1] }, (_, weight) => this.met(weight, position))
  }

  products(step, weight) {
    const { error } = this.at(step)
    return this.metBy(weight).map((cell, position) => error[position] * this.x[cell] + 0)
  }
}
