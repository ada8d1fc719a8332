// Where the playhead is: play, pause, step, seek, loop. Knows no page and no scene, only how many steps there are.

const STEP_MILLISECONDS = 1400
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32]

export class Player {
  constructor({ clock, change, steps = 1, speed = 1, loop = false }) {
    this.clock = clock
    this.change = change
    this.steps = steps
    this.speed = speed
    this.loop = loop
    this.step = 0
    this.phase = 1 // how much of the step has been played, from 0 to 1
    this.playing = false
    this.until = null // a step to stop at, or null
  }

  get last() {
    return this.steps - 1
  }

  // Plays from the playhead, or from the start once the end is reached; `until` a step, if one is given.
  play({ from = null, until = null } = {}) {
    if (from !== null) this.place(from, 0)
    else if (this.step >= this.last && this.phase >= 1) this.place(0, 0)
    this.until = until
    this.playing = true
    this.clock.start((passed) => this.tick(passed))
    this.change(this)
  }

  toggle({ from = null } = {}) {
    if (this.playing) this.pause()
    else this.play({ from })
  }

  pause() {
    if (!this.playing) return
    this.stop()
    this.phase = 1
    this.change(this)
  }

  seek(step) {
    this.stop()
    this.place(step, 1)
    this.change(this)
  }

  // A scene of another length: the playhead stays as near as it can.
  resize(steps) {
    this.steps = steps
    if (this.until !== null) this.until = Math.min(this.until, this.last)
    this.place(this.step, this.phase)
  }

  faster() {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length] ?? 1
    this.change(this)
  }

  place(step, phase) {
    this.step = Math.min(Math.max(step, 0), this.last)
    this.phase = phase
  }

  stop() {
    this.playing = false
    this.until = null
    this.clock.stop()
  }

  tick(passed) {
    let played = this.phase + (passed * this.speed) / STEP_MILLISECONDS
    while (played >= 1 && this.playing) {
      if (this.step === this.until || (this.step >= this.last && !this.loop)) {
        this.stop()
        played = 1
        break
      }
      this.step = this.step >= this.last ? 0 : this.step + 1
      played -= 1
    }
    this.phase = Math.min(played, 1)
    this.change(this)
  }
}
