// The page's pictures of one checkpoint, or of what lies between two while a run plays.

import { setText } from "../format.js"
import { Chart } from "./chart.js"
import { Gradients } from "./gradients.js"
import { paintMap, paintSigned, tiles } from "./pictures.js"
import { between } from "./run.js"
import { words } from "./words.js"

export class View {
  constructor(page) {
    this.page = page
    this.stage = page.querySelector("[data-train]")
    this.chart = new Chart(page.querySelector("[data-chart]"), Number(this.stage.dataset.steps))
    this.gradients = new Gradients(page.querySelector("[data-gradients]"))
    this.cells = [...page.querySelectorAll("[data-table] tbody td")]
    this.renew()
  }

  // The pictures are other ones: another digit, or other filters.
  renew() {
    this.filters = [...this.page.querySelectorAll("[data-filter]")]
    this.channel = Number(this.stage.dataset.channel)
    this.shown = null
  }

  // The checkpoint at `index`, and how much of the way to the next has been played.
  show(run, index, phase, isWhole) {
    const here = run.checkpoints[index]
    const next = run.checkpoints[index + 1]
    const share = isWhole || !next ? 0 : phase
    this.showFilters(here.filters, next?.filters, share)
    this.chart.seek(here.step + (next ? share * (next.step - here.step) : 0))
    this.showLoss(run.steps, here.step)
    if (this.shown !== here) this.showCheckpoint(here)
    this.shown = here
  }

  showFilters(here, next, share) {
    const [count, channels, rows, cols] = here.shape
    const values = share ? between(here.values, next.values, share) : here.values
    const most = share ? here.most + (next.most - here.most) * share : here.most
    for (let filter = 0; filter < count; filter++) {
      paintSigned(this.filters[filter], values, (filter * channels + this.channel) * rows * cols, rows, cols, most)
    }
  }

  showCheckpoint({ step, held_out, maps, probabilities, table, wrong, gradients }) {
    const find = (selector) => this.page.querySelector(selector)
    for (const { place, shape, values, most } of maps) {
      const [, rows, cols] = shape
      const holders = find(`[data-maps="${place}"]`).querySelectorAll(".map")
      for (const [map, holder] of holders.entries()) paintMap(holder, values, map * rows * cols, rows, cols, most)
    }
    for (const [digit, p] of probabilities.entries()) {
      const bar = find(`[data-bar="${digit}"]`)
      bar.setAttribute("height", 100 * p)
      bar.setAttribute("y", 100 - 100 * p)
    }
    this.showTable(table)
    find("[data-tiles]").setAttribute("d", tiles(wrong))
    setText(find("[data-wrong]"), String(wrong.length))
    this.gradients.show(gradients)
    setText(find("[data-now-step]"), words.step(step, this.stage.dataset.steps))
    setText(find("[data-now-held-out]"), words.percent(held_out))
  }

  // The run behind, after the same step.
  showBehind(run, step) {
    const there = run.checkpoints[run.indexOf(step)]
    if (!there) return
    setText(this.page.querySelector("[data-now-behind]"), words.percent(there.held_out))
    this.gradients.showBehind(there.gradients)
  }

  // What the next batch came to, or the last one.
  showLoss({ loss }, step) {
    const now = loss[Math.min(step, loss.length - 1)] ?? null
    setText(this.page.querySelector("[data-now-loss]"), now === null ? "–" : now.toFixed(2))
  }

  showTable(table) {
    for (const [place, cell] of this.cells.entries()) {
      const count = table[place]
      setText(cell, count ? String(count) : "")
      cell.style.setProperty("--share", Math.min(1, count / (cell.matches(".right") ? 150 : 40)).toFixed(2))
    }
  }
}
