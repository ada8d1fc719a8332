// Time in the hands of a test: nothing passes until the test says so.

export class Time {
  constructor() {
    this.milliseconds = 0
    this.waiting = new Map()
    this.asked = 0
    // Handed over as functions, as a clock takes them.
    this.now = () => this.milliseconds
    this.request = (callback) => {
      this.waiting.set(++this.asked, callback)
      return this.asked
    }
    this.cancel = (handle) => this.waiting.delete(handle)
  }

  // Some milliseconds, and then one frame.
  pass(milliseconds) {
    this.milliseconds += milliseconds
    this.frame()
  }

  frame() {
    const callbacks = [...this.waiting.values()]
    this.waiting.clear()
    for (const callback of callbacks) callback()
  }
}
