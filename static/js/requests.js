// What the page asks of the server, one thing at a time, and the last value wins: of an edit first the numbers, then, when
// the reader pauses, the page that belongs to them.

import { whenBack } from "./away.js"
import { Edits } from "./edits.js"

const PAUSE = 150 // milliseconds without an edit, after which the page is asked for

const stage = () => document.querySelector("conv-stage")
const panel = () => document.getElementById("panel")
export const field = (grid) => panel().querySelector(`[name="${grid}"]`)

export class Requests {
  // `arrived(address, gesture)` is called when the numbers of an edit have come, with the address of their page; `show`
  // when the reader pauses, to bring the page that belongs to the fields.
  constructor(arrived, show = submit) {
    this.arrived = arrived
    this.show = show
    this.gesture = null // what the last edit belongs to
    this.edits = new Edits()
    this.page = null // the page's request that is under way
    this.brought = null // the version of the edits that it brings, if it does
    this.asks = false // whether numbers are under way
    this.isHasty = false // whether somebody waits for the page
    this.timer = null
    this.waiting = [] // who waits for the edits to be brought
    document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => this.begun(ctx))
    document.addEventListener("htmx:before:swap", (event) => this.isOld && event.preventDefault())
    document.addEventListener("htmx:finally:swap", ({ detail: { ctx } }) => this.ended(ctx, ctx.response?.status < 400))
    document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => this.ended(ctx, false))
  }

  // A newer edit stops the page that brings the older ones.
  change(change, gesture) {
    this.edits.add(change)
    this.gesture = gesture
    clearTimeout(this.timer)
    if (this.isOld) this.page?.request.abort()
    else this.askNumbers()
  }

  // Whether the page that is under way brings older edits than the last one.
  get isOld() {
    return this.brought !== null && this.brought !== this.edits.version
  }

  async askNumbers() {
    if (this.asks || this.page || this.edits.isEmpty) return
    const [{ version }, { gesture }] = [this.edits, this]
    this.asks = true
    try {
      await stage().edited(this.address)
      this.arrived(stage().steps.scene.address, gesture)
    } catch (error) {
      if (error.cause) whenBack("numbers", () => this.askNumbers()) // nothing is refused: the server is away
      else if (error.name !== "AbortError" && this.edits.version === version) this.refuse(error.message)
      if (error.cause) return (this.asks = false)
    }
    this.asks = false
    if (this.edits.version !== version) this.askNumbers()
    else if (!this.edits.isEmpty) this.timer = setTimeout(() => this.bring(), this.isHasty ? 0 : PAUSE)
  }

  // Where the numbers of the edits are: the form says all else.
  get address() {
    const fields = new URLSearchParams([...new FormData(panel())].filter(([, value]) => value !== ""))
    for (const grid of this.edits.grids) fields.set(grid, this.edits.spell(grid, field(grid).value))
    return `${stage().getAttribute("src").split("?")[0]}?${fields}`
  }

  bring() {
    for (const grid of this.edits.grids) field(grid).value = this.edits.spell(grid, field(grid).value)
    this.brought = this.edits.version
    this.show()
  }

  // There is no page to bring: the fields have the edits, and the stage their numbers.
  keep() {
    this.brought = null
    this.edits.clear()
    this.settled()
  }

  // What another choice will change is marked until it has come.
  begun(ctx) {
    this.page = ctx
    if (this.brought === null && ctx.sourceElement.closest?.("#panel")) stage().toggleAttribute("data-stale", true)
  }

  // The page has come, or has not: then its edits stay until there is another one. Edits that were made meanwhile go on.
  ended(ctx, isHere) {
    if (this.page !== ctx) return
    const { brought, isOld } = this
    this.page = null
    this.brought = null
    if (brought === null) stage().toggleAttribute("data-stale", false)
    if (isHere && brought !== null && !isOld) this.edits.clear()
    if (isHere && brought === null) for (const change of this.edits.all) stage().editing.redraw(change)
    if (this.edits.isEmpty || (brought !== null && !isOld)) this.settled()
    else this.askNumbers()
  }

  // Resolves once no edit is under way.
  settle() {
    if (this.edits.isEmpty) return Promise.resolve()
    this.isHasty = true
    const settled = new Promise((resolve) => this.waiting.push(resolve))
    if (!this.asks && !this.page) {
      clearTimeout(this.timer)
      this.bring()
    }
    return settled
  }

  settled() {
    this.isHasty = false
    for (const resolve of this.waiting.splice(0)) resolve()
  }

  // The numbers that were refused are taken back, and the sentence stands beside the cell.
  refuse(sentence) {
    this.forget()
    stage().editing.refuse(sentence)
  }

  forget() {
    clearTimeout(this.timer)
    if (this.brought !== null) this.page?.request.abort()
    this.edits.clear()
    stage().load()
    this.settled()
  }
}

export function submit() {
  panel().dispatchEvent(new Event("change", { bubbles: true }))
}
