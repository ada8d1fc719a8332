// The server is away, or has too much to do: that is said plainly, what was loaded plays on, and what was asked for is asked
// again by itself once the server is back, or when it has said. Fetched before it is needed, as it could not be then.

import { root } from "./root.js"
import { words } from "./words.js"

const EVERY = 2000 // milliseconds from one look for the server to the next

const waiting = new Map() // what for → how it is asked again; the last one of each
let timer = null
const later = new Map() // the same, where the server has said when → the timer

export function whenBack(what, again) {
  waiting.set(what, again)
  say(words.away)
  timer ??= setInterval(look, EVERY)
}

async function look() {
  try {
    if (!(await fetch(`${root}/healthz`, { cache: "no-store" })).ok) return
  } catch {
    return
  }
  clearInterval(timer)
  timer = null
  say("")
  const acts = [...waiting.values()]
  waiting.clear()
  for (const again of acts) again()
}

// How many seconds an answer asks to wait for another; null where it asks for none.
export const secondsOf = ({ headers }) => (headers.has("retry-after") ? Number(headers.get("retry-after")) || 5 : null)

export function whenFree(what, again, seconds) {
  clearTimeout(later.get(what))
  say(words.busy)
  const ask = () => {
    later.delete(what)
    if (!later.size && !timer) say("")
    again()
  }
  later.set(what, setTimeout(ask, 1000 * seconds))
}

function say(sentence) {
  let note = document.querySelector("[data-away]")
  if (!note && !sentence) return
  note ??= document.body.appendChild(Object.assign(document.createElement("p"), { className: "away-note" }))
  note.setAttribute("data-away", "")
  note.setAttribute("role", "status")
  if (note.textContent !== sentence) note.textContent = sentence
}

addEventListener("online", () => timer && look())

// A page that htmx has not been able to bring.
document.addEventListener("htmx:error", ({ detail: { ctx, error } }) => {
  if (ctx?.request && error instanceof TypeError) whenBack("page", () => askAgain(ctx))
})

// One that the server is too busy to make: what stands here stays.
document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail
  const seconds = secondsOf(ctx.response.raw)
  if (seconds === null) return
  event.preventDefault()
  whenFree("page", () => askAgain(ctx), seconds)
})

function askAgain({ request: { action, method }, sourceElement: source, target, select, swap }) {
  globalThis.htmx.ajax(method, action, { source, target, select, swap })
}
