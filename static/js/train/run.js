// A run as far as it has come: the curves step by step, and the network at its checkpoints.

export class Run {
  constructor() {
    this.steps = { loss: [], accuracy: [], held_out: [] }
    this.checkpoints = []
    this.queue = null
    this.end = null
  }

  // Takes one event of the stream. A connection that broke sends some of it again.
  take(name, data) {
    if (name === "steps") this.takeSteps(data)
    if (name === "checkpoint") this.takeCheckpoint(data)
    if (name === "end") this.end = data
    this.queue = name === "queue" ? data : name === "run" ? this.queue : null
  }

  takeSteps({ start, ...columns }) {
    for (const [name, values] of Object.entries(columns)) this.steps[name].splice(start - 1, values.length, ...values)
  }

  takeCheckpoint(data) {
    if (this.checkpoints.some(({ step }) => step === data.step)) return
    this.checkpoints.push({ ...data, filters: cells(data.filters, Int8Array, 127), maps: data.maps.map((each) => ({ place: each.place, ...cells(each, Uint8Array, 255) })) })
  }

  // How many steps are known.
  get length() {
    return this.steps.loss.length
  }

  get isComplete() {
    return this.end !== null
  }

  // Whether what is known goes as far as this step.
  reaches(step) {
    return this.isComplete || this.checkpoints.at(-1)?.step >= step
  }

  // The last checkpoint that is not after this step.
  indexOf(step) {
    return Math.max(0, this.checkpoints.findLastIndex((each) => each.step <= step))
  }
}

// Shades as numbers.
function cells({ shape, most, cells }, Kind, shades) {
  const bytes = Uint8Array.from(atob(cells), (letter) => letter.charCodeAt(0))
  return { shape, most, values: Float32Array.from(new Kind(bytes.buffer), (shade) => (shade * most) / shades) }
}

// The two digits that are confused most, either way; null where all are known.
export function worst(table) {
  let found = null
  for (let a = 0; a < 10; a++)
    for (let b = a + 1; b < 10; b++) {
      const count = table[10 * a + b] + table[10 * b + a]
      if (count > (found?.count ?? 0)) found = { a, b, count }
    }
  return found
}

// The mean of the last values, for each of them: one batch of 32 digits jumps.
export function smoothed(values, over) {
  let total = 0
  return values.map((value, place) => {
    total += value - (place >= over ? values[place - over] : 0)
    return total / Math.min(place + 1, over)
  })
}

// What lies between two checkpoints while a run plays: an even way from one to the other.
export function between(one, other, share) {
  return one.map((value, place) => value + (other[place] - value) * share)
}
