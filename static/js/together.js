// One playhead over two stages: the bar under both and its keys; who extends it says where each stage stands.

import { Clock } from "./clock.js"
import { Player } from "./player.js"
import { Transport } from "./transport.js"
import { words } from "./words.js"

export class Together {
  constructor(root) {
    this.root = root
    this.stages = [...root.querySelectorAll("conv-stage")]
    this.player = new Player({ clock: new Clock(), change: () => this.change() })
    this.started = false
  }

  // The common playhead takes over once both stages are ready. Where one cannot be, the other keeps its own.
  async start() {
    await customElements.whenDefined("conv-stage")
    try {
      await Promise.all(this.stages.map(({ ready }) => ready))
    } catch (error) {
      this.root.querySelector("[data-failed]").textContent = words.apart(error.message)
      return
    }
    this.begin()
    this.root.classList.add("together")
    for (const stage of this.stages) {
      stage.transport.close()
      stage.player.resize(stage.player.steps) // without its rhythm: the common playhead has none
      stage.arrange()
    }
    this.listen()
    this.transport.show()
  }

  listen() {
    const bar = this.root.querySelector("[data-common]")
    this.transport = new Transport({
      bar: () => bar,
      places: [bar, ...this.stages],
      player: this.player,
      position: () => this.position,
      toggle: () => this.player.toggle({ from: this.started ? null : 0 }),
      acts: { keys: () => this.stages[0].listKeys() },
    })
    // A click on a cell leads its stage to a step: the other one follows.
    this.stages.forEach((stage, i) =>
      stage.addEventListener("click", ({ target }) => target.closest(".plane") && this.player.seek(this.reached(stage, i))),
    )
  }

  change() {
    this.started = true
    this.follow()
    this.transport.show()
  }
}
