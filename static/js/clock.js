// Time, handed in: ticks while something moves, silent otherwise.

export class Clock {
  constructor({ now = () => performance.now(), request = requestFrame, cancel = cancelFrame } = {}) {
    this.now = now
    this.request = request
    this.cancel = cancel
    this.handle = null
  }

  // Calls `tick(milliseconds since the last tick)` until it is stopped.
  start(tick) {
    this.stop()
    let last = this.now()
    const again = () => {
      const time = this.now()
      const passed = time - last
      last = time
      this.handle = this.request(again)
      tick(passed)
    }
    this.handle = this.request(again)
  }

  stop() {
    if (this.handle !== null) this.cancel(this.handle)
    this.handle = null
  }
}

const requestFrame = (callback) => requestAnimationFrame(callback)
const cancelFrame = (handle) => cancelAnimationFrame(handle)
