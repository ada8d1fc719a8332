// Where the playhead is: play, pause, step, seek, loop, and in which gear. Knows no page, and of a scene only its rhythm.

import { PACES, Tempo, tempo } from "./tempo.js"

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32]

export class Player {
  constructor({ clock, change, steps = 1, speed = 1, loop = false, pace = "auto" }) {
    this.clock = clock
    this.change = change
    this.steps = steps
    this.speed = speed
    this.loop = loop
    this.pace = pace // the gear that was chosen, or auto
    this.rhythm = null
    this.timed = null // the tempo, once it has been asked for
    this.step = 0
    this.phase = 1 // how much of the step has been played, from 0 to 1
    this.playing = false
    this.until = null // a step to stop at, or null
  }

  get last() {
    return this.steps - 1
  }

  // How long each step takes: what has no rhythm goes steadily. Made when it is asked for, as a scene is often replaced
  // before it is played.
  get tempo() {
    return (this.timed ??= this.rhythm ? tempo(this.rhythm, this.pace) : new Tempo())
  }

  // The gear in which the playhead is.
  get gear() {
    return this.tempo.at(this.step).gear
  }

  // The milliseconds that the step under the playhead takes.
  get stepTime() {
    return this.tempo.at(this.step).each / this.speed
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

  // Another scene: the playhead stays as near as it can.
  resize(steps, rhythm = null) {
    this.steps = steps
    this.rhythm = rhythm
    this.timed = null
    if (this.until !== null) this.until = Math.min(this.until, this.last)
    this.place(this.step, this.phase)
  }

  // Into another gear, or the next one; it stays there until it is changed.
  shift(pace = PACES[(PACES.indexOf(this.pace) + 1) % PACES.length]) {
    this.pace = pace
    this.timed = null
    this.change(this)
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

  // However many steps the time that has passed is worth.
  tick(passed) {
    let left = passed
    while (this.playing) {
      const { stepTime } = this
      const remaining = (1 - this.phase) * stepTime
      if (left < remaining) {
        this.phase += left / stepTime
        break
      }
      left -= remaining
      this.phase = 1
      if (this.step === this.until || (this.step >= this.last && !this.loop)) this.stop()
      else this.place(this.step >= this.last ? 0 : this.step + 1, 0)
    }
    this.change(this)
  }
}
