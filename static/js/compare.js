// One playhead over two stages: each shows the step at the same fraction of its way.

import { Together } from "./together.js"

// Where a stage of `steps` steps is when the playhead has played `phase` of step `step` out of `count`.
export function moment(step, phase, count, steps) {
  const played = ((step + phase) / count) * steps
  const at = Math.min(Math.max(Math.ceil(played - 1e-9) - 1, 0), steps - 1)
  return { step: at, phase: Math.min(Math.max(played - at, 0), 1) }
}

class Pair extends Together {
  begin() {
    this.player.resize(Math.max(...this.stages.map((stage) => stage.player.steps)))
    this.player.place(this.reached(this.stages[0]), 1)
  }

  // The step of the common playhead at which a stage is where it is.
  reached({ player: { step, steps } }) {
    return Math.floor(((step + 1) * this.player.steps) / steps) - 1
  }

  follow() {
    const { step, phase, steps, playing } = this.player
    for (const stage of this.stages) {
      const now = moment(step, phase, steps, stage.player.steps)
      stage.touch()
      stage.player.playing = playing
      stage.player.speed = this.player.speed
      stage.player.place(now.step, playing ? now.phase : 1) // a stopped player shows its step whole
      stage.moved()
    }
  }

  get position() {
    return this.stages.map(({ player }, i) => `${"ab"[i]} ${player.step + 1} of ${player.steps}`).join(" · ")
  }
}

const root = globalThis.document?.querySelector(".compare")
if (root) new Pair(root).start()
